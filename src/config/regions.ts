/**
 * SMS endpoints. There is one per site, which serves all target regions of that site. The host does not follow from the name
 * of the region (see ru-moscow-1). Source: region table of the vendor's Python, Java, Go and Node SDKs, August 2026.
 */
export const REGIONS: Readonly<Record<string, string>> = {
  'cn-north-4': 'https://sms.cn-north-4.myhuaweicloud.com',
  'ap-southeast-3': 'https://sms.ap-southeast-3.myhuaweicloud.com',
  'my-kualalumpur-1': 'https://sms.my-kualalumpur-1.myhuaweicloud.com',
  'ru-moscow-1': 'https://sms-api.ru-moscow-1.myhuaweicloud.com',
};

/** IAM endpoints of the same regions. Source: IAM region table of the same SDKs. */
export const IAM_REGIONS: Readonly<Record<string, string>> = {
  'cn-north-4': 'https://iam.cn-north-4.myhuaweicloud.com',
  'ap-southeast-3': 'https://iam.ap-southeast-3.myhuaweicloud.com',
  'my-kualalumpur-1': 'https://iam.my-kualalumpur-1.myhuaweicloud.com',
  'ru-moscow-1': 'https://iam.ru-moscow-1.myhuaweicloud.com',
};

/** The global IAM endpoint, which the SDKs use by default. */
export const IAM = 'https://iam.myhuaweicloud.com';

/** Whether a host belongs to the vendor's public cloud, so that its IAM may see a token for this host. */
export function isPublicCloud(host: string): boolean {
  return /\.(myhuaweicloud|huaweicloud|myhwclouds)\.(com|cn)$/.test(host);
}
