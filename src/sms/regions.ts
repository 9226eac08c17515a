/**
 * The endpoints of SMS, one a site; each serves every target region of its site. The host cannot be made from the
 * region's name (see ru-moscow-1). Source: the region table of the vendor's Python, Java, Go and Node SDKs, August 2026.
 */
export const REGIONS: Readonly<Record<string, string>> = {
  'cn-north-4': 'https://sms.cn-north-4.myhuaweicloud.com',
  'ap-southeast-3': 'https://sms.ap-southeast-3.myhuaweicloud.com',
  'my-kualalumpur-1': 'https://sms.my-kualalumpur-1.myhuaweicloud.com',
  'ru-moscow-1': 'https://sms-api.ru-moscow-1.myhuaweicloud.com',
};

/** IAM in the same regions. Source: the IAM region table of the same SDKs. */
export const IAM_REGIONS: Readonly<Record<string, string>> = {
  'cn-north-4': 'https://iam.cn-north-4.myhuaweicloud.com',
  'ap-southeast-3': 'https://iam.ap-southeast-3.myhuaweicloud.com',
  'my-kualalumpur-1': 'https://iam.my-kualalumpur-1.myhuaweicloud.com',
  'ru-moscow-1': 'https://iam.ru-moscow-1.myhuaweicloud.com',
};

/** IAM of the public cloud as a whole: the SDKs' default. */
export const IAM = 'https://iam.myhuaweicloud.com';

/** Whether a host belongs to the vendor's public cloud, so that a token for it may be shown to the IAM of that cloud. */
export function isPublicCloud(host: string): boolean {
  return /\.(myhuaweicloud|huaweicloud|myhwclouds)\.(com|cn)$/.test(host);
}
