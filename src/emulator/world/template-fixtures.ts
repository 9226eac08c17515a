/** The server templates of all data sets. */
import type { ServerTemplate } from './records.ts';

export const TEMPLATES: [ServerTemplate, ServerTemplate] = [
  {
    id: '9ae2d4c0-b371-4f58-8d06-1c5f7e2a9b08',
    name: 'web-tier_4u8g',
    is_template: 'true',
    region: 'ap-southeast-3',
    projectid: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
    target_server_name: 'web-prod-01-new',
    availability_zone: 'ap-southeast-3a',
    volumetype: 'SSD',
    flavor: 's6.xlarge.2',
    vpc: { id: 'a1d4e7b0-3c62-4f95-8a1b-d2c5f8e90b11', name: 'vpc-web', cidr: '192.0.2.0/24' },
    nics: [
      { id: 'c7e0a3d6-9b48-4c21-95fe-8b1d4e7f2a12', name: 'subnet-web-a', cidr: '192.0.2.1/24', ip: '192.0.2.200' },
    ],
    security_groups: [{ id: 'e3b6d9f2-5a84-4e70-b1c3-7f0a2d5c8b13', name: 'sg-migration' }],
    publicip: { type: '5_bgp', bandwidth_size: 300, bandwidth_share_type: 'PER' },
    disk: [
      { id: 21, index: 0, name: 'system', disktype: 'SSD', size: 40, device_use: 'OS' },
      { id: 22, index: 1, name: 'data1', disktype: 'SSD', size: 200, device_use: 'NORMAL' },
    ],
    data_volume_type: 'SSD',
    target_password: 'demo-target-password',
    image_id: '0d5f8a1c-6e39-4b72-90d4-c3e6f9b2a514',
  },
  {
    id: '61c3f8b5-0e7d-4a94-8d2b-f9a5c7e1b30c',
    name: 'win-tier_8u16g',
    is_template: 'true',
    region: 'cn-north-4',
    projectid: '1b2c3d4e5f60718293a4b5c6d7e8f90a',
    target_server_name: '',
    availability_zone: 'cn-north-4a',
    volumetype: 'SAS',
    flavor: 's6.2xlarge.2',
    vpc: { id: 'autoCreate', name: 'autoCreate' },
    nics: [{ id: 'autoCreate', name: 'autoCreate', cidr: '198.51.100.0/24', ip: '' }],
    security_groups: [{ id: 'autoCreate', name: 'autoCreate' }],
    publicip: { type: '5_bgp', bandwidth_size: 5, bandwidth_share_type: 'PER' },
    disk: [{ index: 0, name: 'system', disktype: '', size: 80 }],
    data_volume_type: 'SAS',
    target_password: 'demo-windows-password',
    image_id: '',
  },
];
