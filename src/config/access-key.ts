/** The settings that say with which key the gateway signs. */
import { METADATA_ENDPOINT } from '../access-key/ecs-metadata.ts';
import { profilePath } from '../access-key/key-file.ts';
import type { KeyLocation } from '../access-key/key-source.ts';
import { type HeldKey, isKeyPart } from '../sms/auth/credentials.ts';
import { isLoopback } from '../sms/http/loopback.ts';
import { code, type EnvReader } from './env-reader.ts';

const SECTION = "The gateway's access key";
const KEY_SOURCES = ['env', 'profile', 'file', 'ecs-metadata'] as const;

export interface AccessKeyConfig {
  /** The key in the environment. */
  key: HeldKey | null;
  /** Where the key is, if it is not in the environment. No other place is searched than the chosen one. */
  keyLocation: KeyLocation | null;
}

export function readAccessKey(env: EnvReader): AccessKeyConfig {
  const source = env
    .section(SECTION)
    .choice('SMS_KEY_SOURCE', 'env', KEY_SOURCES, 'where the key comes from; the other sources are ignored');
  const key = readKey(env);
  const keyLocation = readKeyLocation(env, source);
  if (key !== null && keyLocation !== null)
    env.addProblem('SMS_KEY_SOURCE', `is "${source}", but HUAWEICLOUD_SDK_AK is set too. Set one of them.`);
  return { key, keyLocation };
}

/** Under the names of the vendor's SDKs and of its API pages. */
function readKey(env: EnvReader): HeldKey | null {
  const settings = env.section(SECTION);
  const allowed = 'visible ASCII';
  const ak = settings.text('HUAWEICLOUD_SDK_AK', '`env`: access key; `CLOUD_SDK_AK` works too', {
    alias: 'CLOUD_SDK_AK',
    allowed: 'visible ASCII without a comma',
    isSecret: true,
  });
  const sk = settings.text('HUAWEICLOUD_SDK_SK', '`env`: secret key; `CLOUD_SDK_SK` works too', {
    alias: 'CLOUD_SDK_SK',
    allowed,
    isSecret: true,
  });
  const securityToken = settings.text('HUAWEICLOUD_SDK_SECURITY_TOKEN', '`env`: security token of a temporary key', {
    allowed,
    isSecret: true,
  });
  const domainId = settings.text('HUAWEICLOUD_SDK_DOMAIN_ID', '`env`: account, sent with signed calls', {
    allowed: 'visible ASCII; not with a project',
  });
  const projectId = settings.text('HUAWEICLOUD_SDK_PROJECT_ID', '`env`: project, sent with signed calls', {
    allowed: 'visible ASCII; not with an account',
  });
  if ((ak === undefined) !== (sk === undefined))
    env.addProblem(`HUAWEICLOUD_SDK_${ak ? 'SK' : 'AK'}`, 'is not set, but its counterpart is. Set both or neither.');
  if (domainId !== undefined && projectId !== undefined)
    env.addProblem('HUAWEICLOUD_SDK_PROJECT_ID', 'and HUAWEICLOUD_SDK_DOMAIN_ID are both set. Set one of them.');
  if (ak === undefined || sk === undefined) return null;
  for (const [name, value] of Object.entries({
    AK: ak,
    SK: sk,
    SECURITY_TOKEN: securityToken,
    DOMAIN_ID: domainId,
    PROJECT_ID: projectId,
  }))
    if (value !== undefined && !isKeyPart(value))
      env.addProblem(`HUAWEICLOUD_SDK_${name}`, 'is not valid. Allowed: 1 to 16,384 visible ASCII characters.');
  if (ak.includes(',')) env.addProblem('HUAWEICLOUD_SDK_AK', 'contains a comma, which an access key id cannot have.');
  return { ak, sk, securityToken, domainId, projectId };
}

function readKeyLocation(env: EnvReader, source: (typeof KEY_SOURCES)[number]): KeyLocation | null {
  const settings = env.section(SECTION);
  const profile =
    settings.text(
      'HUAWEICLOUD_SDK_CREDENTIALS_FILE',
      "`profile`: INI file of the vendor's SDKs; its section `global` is used, else `basic`",
      { default: '`~/.huaweicloud/credentials`', allowed: 'a path' },
    ) ?? profilePath();
  const file = settings.text(
    'SMS_KEY_FILE',
    '`file`: JSON, or INI without sections, with `ak`, `sk`, `security_token`, `domain_id` or `project_id`; reloaded when it changes',
    { default: 'required with `file`', allowed: 'a path' },
  );
  const endpoint =
    settings.text('SMS_METADATA_ENDPOINT', '`ecs-metadata`: URL of the metadata service of the cloud server', {
      default: code(METADATA_ENDPOINT),
      allowed: 'the default, or http on loopback',
    }) ?? METADATA_ENDPOINT;
  if (source === 'env') return null;
  if (source === 'profile') return { kind: source, path: profile };
  if (source === 'ecs-metadata') {
    if (endpoint !== METADATA_ENDPOINT && !isLoopbackOrigin(endpoint))
      env.addProblem('SMS_METADATA_ENDPOINT', `is not valid. Allowed: ${METADATA_ENDPOINT}, or http on loopback.`);
    return { kind: source, endpoint };
  }
  if (file === undefined) env.addProblem('SMS_KEY_FILE', 'is not set. SMS_KEY_SOURCE=file needs it.');
  return { kind: source, path: file ?? '' };
}

function isLoopbackOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'http:' && isLoopback(url.hostname) && url.href === `${url.origin}/`;
}
