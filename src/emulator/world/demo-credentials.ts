/**
 * The well-known credentials of the emulator. They open nothing but the emulator and are public on purpose, so a
 * first request can be pasted from a README.
 */

/** The key that the gateway and SDK examples use. Its user may do everything. */
export const DEMO_ACCESS_KEY = { ak: 'DEMOACCESSKEY0000001', sk: 'demoSecretKeyOfTheEmulator0000000000001' } as const;

/** A user who may do everything. */
export const DEMO_TOKEN = 'demo-token-all-rights';
/** A user who may list and read, the export included, but change nothing and see no secrets. */
export const READ_ONLY_TOKEN = 'demo-token-read-only';
/** A user who may do nothing but what SMS asks no permission for. */
export const NO_RIGHTS_TOKEN = 'demo-token-no-rights';
/** The all-rights user's token of the day before. */
export const EXPIRED_TOKEN = 'demo-token-expired';

/** Name, account and password for `POST /v3/auth/tokens`; the all-rights user. */
export const DEMO_LOGIN = { name: 'demo-admin', password: 'demo-password', domain: 'demo-account' } as const;

/** What the read-only user may do: IAM actions of SMS. */
export const READ_ONLY_ACTIONS: readonly string[] = [
  'sms:migproject:get',
  'sms:migproject:list',
  'sms:server:get',
  'sms:server:getBatchConsistencyResults',
  'sms:server:getConsistencyCheckResult',
  'sms:server:getTask',
  'sms:server:getTaskConfig',
  'sms:server:getTaskSpeedLimit',
  'sms:server:list',
  'sms:server:listErrors',
  'sms:server:listTask',
  'sms:server:overview',
  'sms:template:get',
  'sms:template:list',
];
