/** Server templates: queries, and what each mutation changes. */
import { describe, expect, it } from 'vitest';
import { ask, callCounts, callsTo, frozenGateway, TEMPLATE, UNKNOWN_ID, UNUSED_TEMPLATE } from './support/ask.ts';

describe('a query', () => {
  it('reads a server template, with a boolean for the string that SMS sends as isTemplate', async () => {
    const gateway = await frozenGateway();
    const query = `{ serverTemplate(id: "${TEMPLATE}") {
      id name isTemplate region projectid availabilityZone volumetype volumetypeText flavor imageId dataVolumeType
      vpc { vpcId name cidr } nics { name ip } securityGroups { name } publicip { type bandwidthSize bandwidthShareType }
      disk { diskId index name disktype size deviceUse }
    } }`;
    expect(await ask(gateway, query)).toEqual({
      serverTemplate: {
        id: TEMPLATE,
        name: 'web-tier_4u8g',
        isTemplate: true,
        region: 'ap-southeast-3',
        projectid: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
        availabilityZone: 'ap-southeast-3a',
        volumetype: 'SSD',
        volumetypeText: 'SSD',
        flavor: 's6.xlarge.2',
        imageId: '0d5f8a1c-6e39-4b72-90d4-c3e6f9b2a514',
        dataVolumeType: 'SSD',
        vpc: { vpcId: 'a1d4e7b0-3c62-4f95-8a1b-d2c5f8e90b11', name: 'vpc-web', cidr: '192.0.2.0/24' },
        nics: [{ name: 'subnet-web-a', ip: '192.0.2.200' }],
        securityGroups: [{ name: 'sg-migration' }],
        publicip: { type: '5_bgp', bandwidthSize: 300, bandwidthShareType: 'PER' },
        disk: [
          { diskId: 21, index: 0, name: 'system', disktype: 'SSD', size: 40, deviceUse: 'OS' },
          { diskId: 22, index: 1, name: 'data1', disktype: 'SSD', size: 200, deviceUse: 'NORMAL' },
        ],
      },
    });
    expect(callsTo(gateway.emulator)).toEqual([`GET /v3/vm/templates/${TEMPLATE}`]);
  });

  it('returns null for an unknown id', async () => {
    const gateway = await frozenGateway();
    expect(await ask(gateway, `{ serverTemplate(id: "${UNKNOWN_ID}") { id } }`)).toEqual({ serverTemplate: null });
  });

  it('filters server templates with every filter of the API', async () => {
    const gateway = await frozenGateway();
    const query =
      'query ($filter: ServerTemplateFilter!) { serverTemplates(filter: $filter) { nodes { id isTemplate } } }';
    const filtered = async (filter: object) => {
      const { serverTemplates } = await ask<{ serverTemplates: { nodes: unknown[] } }>(gateway, query, { filter });
      return serverTemplates.nodes;
    };
    const [used, unused] = [TEMPLATE, UNUSED_TEMPLATE].map((id) => ({ id, isTemplate: true }));
    expect(await filtered({ name: 'unused' })).toEqual([unused]);
    expect(await filtered({ id: TEMPLATE })).toEqual([used]);
    expect(await filtered({ region: 'ap-southeast-3', availabilityZone: 'ap-southeast-3a' })).toEqual([used, unused]);
    expect(await filtered({ region: 'nowhere' })).toEqual([]);
    expect(callCounts(gateway.emulator)).toEqual({ 'GET /v3/vm/templates': 4 });
  });
});

describe('a mutation', () => {
  it('creates a server template and returns the values that SMS fills in', async () => {
    const gateway = await frozenGateway();
    const query = `mutation {
      createServerTemplate(input: { template: {
        name: "small", isTemplate: false, volumetype: "GPSSD", vpc: { id: "autoCreate" }
        nics: [{ id: "autoCreate", name: "autoCreate", cidr: "192.168.0.0/16" }]
      } }) {
        ... on CreateServerTemplateSuccess { serverTemplate { id name isTemplate volumetype nics { subnetId } } }
      }
    }`;
    const { createServerTemplate } = await ask<{ createServerTemplate: { serverTemplate: { id: string } } }>(
      gateway,
      query,
    );
    const { serverTemplate } = createServerTemplate;
    expect(serverTemplate).toEqual({
      id: expect.any(String),
      name: 'small',
      isTemplate: false,
      volumetype: 'GPSSD',
      nics: [{ subnetId: 'autoCreate' }],
    });
    expect(gateway.emulator.state.templates.get(serverTemplate.id)?.name).toBe('small');
  });

  it('replaces the content of a server template', async () => {
    const gateway = await frozenGateway();
    const query = `mutation {
      updateServerTemplate(input: { id: "${TEMPLATE}", template: { name: "larger", flavor: "s6.2xlarge.2" } }) {
        ... on UpdateServerTemplateSuccess { serverTemplate { id name flavor } }
      }
    }`;
    expect(await ask(gateway, query)).toEqual({
      updateServerTemplate: { serverTemplate: { id: TEMPLATE, name: 'larger', flavor: 's6.2xlarge.2' } },
    });
  });

  it('deletes server templates, unless a task uses one', async () => {
    const gateway = await frozenGateway();
    const one = `mutation { deleteServerTemplate(input: { id: "${UNUSED_TEMPLATE}" }) {
      ... on DeleteServerTemplateSuccess { deletedId }
    } }`;
    expect(await ask(gateway, one)).toEqual({ deleteServerTemplate: { deletedId: UNUSED_TEMPLATE } });
    const many = `mutation { deleteServerTemplates(input: { ids: ["${TEMPLATE}"] }) {
      __typename ... on DeleteServerTemplatesSuccess { deletedIds } ... on SmsError { code }
    } }`;
    // A task uses this template.
    expect(await ask(gateway, many)).toEqual({
      deleteServerTemplates: { __typename: 'SmsInvalidInputError', code: 'SMS.7111' },
    });
    for (const task of gateway.emulator.state.tasks.values()) task.vm_template_id = null;
    expect(await ask(gateway, many)).toEqual({
      deleteServerTemplates: { __typename: 'DeleteServerTemplatesSuccess', deletedIds: [TEMPLATE] },
    });
    expect([...gateway.emulator.state.templates.keys()]).toEqual(['61c3f8b5-0e7d-4a94-8d2b-f9a5c7e1b30c']);
  });
});
