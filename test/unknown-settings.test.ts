import { describe, expect, test } from 'vitest';
import { readConfig, readEmulatorConfig, settingNames } from '../src/config/config.ts';
import { SettingsError } from '../src/config/settings.ts';
import { unknownSettings } from '../src/config/unknown-settings.ts';

type Env = Record<string, string>;

const LOCAL = { SMS_ENDPOINT: 'http://127.0.0.1:1' };

/** The errors and warnings of an environment, one line each. */
function reportOf(env: Env): { errors: string[]; warnings: readonly string[] } {
  try {
    return { errors: [], warnings: readConfig(env).warnings };
  } catch (error) {
    if (error instanceof SettingsError) return { errors: error.message.split('\n'), warnings: [] };
    throw error;
  }
}

const didYouMean = (name: string, setting: string) =>
  `${name} is not a setting of the gateway. Did you mean ${setting}?`;
const seeDocs = (name: string) => `${name} is not a setting of the gateway. See docs/configuration.md.`;

describe('a variable that is spelt nearly like a setting', () => {
  test.each([
    ['SMS_REGOIN', 'SMS_REGION'],
    ['SMS_ENDPOIN', 'SMS_ENDPOINT'],
    ['SMS_ENPOINTS', 'SMS_ENDPOINT'],
    ['SMS__REGION', 'SMS_REGION'],
    ['sms_region', 'SMS_REGION'],
    ['GATEWAY_API_KEY', 'GATEWAY_API_KEYS'],
    ['HUAWEICLOUD_SDK_KA', 'HUAWEICLOUD_SDK_AK'],
    ['HUAWEICLOUD_SDK_DOMAINID', 'HUAWEICLOUD_SDK_DOMAIN_ID'],
  ])('and has a prefix of ours is an error, with the emulator and without: %s', (name, setting) => {
    expect(reportOf({ ...LOCAL, [name]: 'x' }).errors).toEqual([didYouMean(name, setting)]);
    expect(reportOf({ [name]: 'x' }).errors).toEqual([didYouMean(name, setting)]);
  });

  test.each([
    ['CORS_ORIGIN', 'CORS_ORIGINS'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['log_level', 'LOG_LEVEL'],
    ['METRICS_PROT', 'METRICS_PORT'],
    ['MAX_BODYBYTES', 'MAX_BODY_BYTES'],
    ['SHUTDOWN_TIMEOUTS', 'SHUTDOWN_TIMEOUT'],
    ['KEEPALIVE_TIMEOUT', 'KEEP_ALIVE_TIMEOUT'],
    ['HOTS', 'HOST'],
  ])('but has another prefix is reported as a warning: %s', (name, setting) => {
    expect(reportOf({ ...LOCAL, [name]: 'x' })).toEqual({ errors: [], warnings: [didYouMean(name, setting)] });
    expect(readEmulatorConfig({ [name]: 'x' }).warnings).toEqual([didYouMean(name, setting)]);
  });

  test.each([
    ['SMSREGION', 'SMS_REGION'],
    ['MS_ENDPOINT', 'SMS_ENDPOINT'],
    ['CLOUD_SDK_AKS', 'CLOUD_SDK_AK'],
  ])('of a real service prevents the start of the emulator, whatever its prefix: %s', (name, setting) => {
    expect(reportOf({ [name]: 'x' }).errors).toEqual([didYouMean(name, setting)]);
  });
});

test.each(['SMS_REGION_NAME', 'GATEWAY_PASSWORD', 'HUAWEICLOUD_SDK_REGION'])(
  'another variable with a prefix of ours is a warning, and an error if the emulator would start: %s',
  (name) => {
    expect(reportOf({ ...LOCAL, [name]: 'hidden' })).toEqual({ errors: [], warnings: [seeDocs(name)] });
    expect(reportOf({ [name]: 'hidden' }).errors).toEqual([seeDocs(name)]);
  },
);

test('variables of other programs are ignored', () => {
  const others = {
    ...{
      HOME: '/root',
      HOSTNAME: 'x',
      LOGNAME: 'x',
      SHELL: 'x',
      TERM: 'x',
      PWD: 'x',
      NODE_OPTIONS: 'x',
      NODE_PATH: 'x',
    },
    ...{ FTP_PROXY: 'x', all_proxy: 'x', CLOUD_SDK_VERSION: '528.0.0', MAX_UPLOAD: '1', npm_config_cache: 'x' },
    ...{ KUBERNETES_SERVICE_HOST: '10.0.0.1', SMS_REGOIN: ' ' },
    // What Kubernetes sets for Services named "sms", "gateway" and "sms-gateway" in the same namespace.
    ...{
      SMS_SERVICE_HOST: '10.0.0.1',
      SMS_SERVICE_PORT: '443',
      SMS_SERVICE_PORT_HTTPS: '443',
      SMS_PORT: 'tcp://10.0.0.1:443',
    },
    ...{ SMS_PORT_443_TCP: 'tcp://10.0.0.1:443', SMS_PORT_443_TCP_PROTO: 'tcp', SMS_PORT_443_TCP_ADDR: '10.0.0.1' },
    ...{
      GATEWAY_PORT: 'tcp://10.0.0.1:4000',
      GATEWAY_PORT_4000_TCP_PORT: '4000',
      SMS_GATEWAY_SERVICE_HOST: '10.0.0.1',
    },
  };
  expect(reportOf(others)).toEqual({ errors: [], warnings: [] });
});

test('another case of a setting is not a misspelling on Windows, where names ignore case', () => {
  expect(unknownSettings({ Sms_Region: 'x', SMS_REGION: 'x' }, settingNames())).toEqual([]);
});

test.each([
  ['METRICS_PORT', 'tcp://10.96.0.12:9464', 'metrics'],
  ['METRICS_PORT', 'udp://[fd00::1]:9464', 'metrics'],
])('an error explains that Kubernetes has set a port for a Service: %s=%s', (name, value, service) => {
  const [error] = reportOf({ ...LOCAL, [name]: value }).errors;
  expect(error).toContain(
    `which Kubernetes sets for a Service named "${service}". Rename the Service, set enableServiceLinks: false for the pod, or set ${name} yourself. Allowed: a whole number from 0 to 65535.`,
  );
});

describe('the embedded emulator', () => {
  const notStarted = (reasons: string) =>
    `SMS_REGION is not set, nor is SMS_ENDPOINT, but ${reasons}. Set one of the two, or unset the others: the embedded emulator, whose data is made up, starts only if no setting points to a real service and HOST is a loopback address.`;
  const JWT = { GATEWAY_JWT_ISSUER: 'https://i.example.com', GATEWAY_JWT_AUDIENCE: 'us' };

  test.each<[Env, string]>([
    [
      { HUAWEICLOUD_SDK_AK: 'hidden', HUAWEICLOUD_SDK_SK: 'hidden' },
      'HUAWEICLOUD_SDK_AK is set, HUAWEICLOUD_SDK_SK is set',
    ],
    [{ CLOUD_SDK_AK: 'hidden', CLOUD_SDK_SK: 'hidden' }, 'CLOUD_SDK_AK is set, CLOUD_SDK_SK is set'],
    [{ HUAWEICLOUD_SDK_SECURITY_TOKEN: 'hidden' }, 'HUAWEICLOUD_SDK_SECURITY_TOKEN is set'],
    [{ HUAWEICLOUD_SDK_DOMAIN_ID: 'hidden' }, 'HUAWEICLOUD_SDK_DOMAIN_ID is set'],
    [{ HUAWEICLOUD_SDK_PROJECT_ID: 'hidden' }, 'HUAWEICLOUD_SDK_PROJECT_ID is set'],
    [{ HUAWEICLOUD_SDK_IAM_ENDPOINT: 'https://iam.example.com' }, 'HUAWEICLOUD_SDK_IAM_ENDPOINT is set'],
    [{ HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/hidden' }, 'HUAWEICLOUD_SDK_CREDENTIALS_FILE is set'],
    [{ SMS_KEY_SOURCE: 'profile' }, 'SMS_KEY_SOURCE is set'],
    [{ SMS_KEY_SOURCE: 'ecs-metadata' }, 'SMS_KEY_SOURCE is set'],
    [{ SMS_KEY_FILE: '/hidden' }, 'SMS_KEY_FILE is set'],
    [{ SMS_METADATA_ENDPOINT: 'http://127.0.0.1:1' }, 'SMS_METADATA_ENDPOINT is set'],
    [{ SMS_AUTH: 'forward' }, 'SMS_AUTH is set'],
    [{ SMS_AUTH: 'exchange' }, 'SMS_AUTH is set'],
    [{ SMS_CHECK_TOKENS: 'true' }, 'SMS_CHECK_TOKENS is set'],
    [{ GATEWAY_API_KEYS: 'a-hidden-key-of-ours' }, 'GATEWAY_API_KEYS is set'],
    [
      { ...JWT, GATEWAY_JWKS_URL: 'https://i.example.com/keys' },
      'GATEWAY_JWKS_URL is set, GATEWAY_JWT_ISSUER is set, GATEWAY_JWT_AUDIENCE is set',
    ],
    [{ GATEWAY_WRITES: 'true' }, 'GATEWAY_WRITES is set'],
    [{ SMS_CA_FILE: '/hidden' }, 'SMS_CA_FILE is set'],
    [{ SMS_REGION: '' }, 'SMS_REGION is empty'],
    [{ SMS_ENDPOINT: ' ' }, 'SMS_ENDPOINT is empty'],
    [{ HUAWEICLOUD_SDK_AK: '', SMS_AUTH: ' ' }, 'HUAWEICLOUD_SDK_AK is empty, SMS_AUTH is empty'],
    [{ SMS_REGION: '\t', GATEWAY_API_KEYS: 'a-hidden-key-of-ours' }, 'SMS_REGION is empty, GATEWAY_API_KEYS is set'],
    [{ HOST: '0.0.0.0' }, 'HOST is "0.0.0.0"'],
    [{ HOST: '::' }, 'HOST is "::"'],
    [
      { HOST: '10.1.2.3', SMS_AUTH: 'service', GATEWAY_API_KEYS: 'a-hidden-key-of-ours' },
      'SMS_AUTH is set, GATEWAY_API_KEYS is set, HOST is "10.1.2.3"',
    ],
  ])('does not start with %o', (env, reasons) => {
    const { errors } = reportOf(env);
    expect(errors).toEqual([notStarted(reasons)]);
    expect(errors.join()).not.toContain('hidden');
  });

  test.each<Env>([
    {},
    { HOST: 'localhost', PORT: '0' },
    { HOST: '::1' },
    { SMS_EXPOSE: 'agent', SMS_TIMEOUT: '1000', LOG_LEVEL: 'debug', CORS_ORIGINS: 'https://console.example.com' },
    { HOST: '', LOG_LEVEL: ' ' },
  ])('starts with %o', (env) => {
    expect(readConfig(env)).toMatchObject({ endpoint: null, warnings: [] });
  });
});
