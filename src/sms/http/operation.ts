import type { HttpRequest } from './exchange.ts';

/** The constant segments in the paths of SMS and IAM. Any other segment is an id. */
const WORDS = new Set(
  `v3 action certkey changestate check command command_result config configuration-setting consistency-result
  consistency-results default delete diskinfo errors export log migprojects networkacl overview passphrase
  privacy-agreements progress sha256 sources speed-limit target-password tasks templates unlock
  update-network-check-info vm auth tokens v3.0 OS-CREDENTIAL securitytokens`.split(/\s+/),
);
/** Of the longest path of SMS, with room. */
const MAX_SEGMENTS = 8;

/**
 * The operation of SMS that a request calls, for logs, metrics and traces: `GET /v3/tasks/{id}`. There are as many as SMS
 * has, whatever callers send.
 */
export function operationOf({ method, path }: Pick<HttpRequest, 'method' | 'path'>): string {
  return `${method} ${path.split('/', MAX_SEGMENTS).map(placeholder).join('/')}`;
}

function placeholder(segment: string): string {
  return segment === '' || WORDS.has(segment) ? segment : '{id}';
}
