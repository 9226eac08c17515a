/** The credentials of the emulator. They are public on purpose, so that a first request can be pasted from a README. */

/** Access key of a user with all rights. */
export const DEMO_ACCESS_KEY = { ak: 'DEMOACCESSKEY0000001', sk: 'demoSecretKeyOfTheEmulator0000000000001' } as const;

/** Token of a user with all rights. */
export const DEMO_TOKEN = 'demo-token-all-rights';
/** Token of a user who may list, read and export, but not write or read secrets. */
export const READ_ONLY_TOKEN = 'demo-token-read-only';
/** Token of a user without permissions, who may call only operations that require none. */
export const NO_RIGHTS_TOKEN = 'demo-token-no-rights';
/** A token of the user with all rights that expired yesterday. */
export const EXPIRED_TOKEN = 'demo-token-expired';

/** Credentials for `POST /v3/auth/tokens`; the user has all rights. */
export const DEMO_LOGIN = { name: 'demo-admin', password: 'demo-password', domain: 'demo-account' } as const;

/** IAM actions of the read-only user. */
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
