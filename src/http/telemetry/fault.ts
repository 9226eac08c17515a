/** Whose fault it is that a request failed. `upstream` is SMS or IAM. */
export const FAULTS = ['none', 'caller', 'gateway', 'upstream'] as const;
export type Fault = (typeof FAULTS)[number];

const OWN_OUTCOME = /^(?:INTERNAL_(?:SERVER_)?ERROR|OVERLOADED|ERROR)$/;
/** Codes of an `SmsUnavailableError` that the operator of the gateway must deal with. */
const OWN_CODE = /^(?:GATEWAY_|KEY_|TLS_FAILED$|OUT_OF_SOCKETS$|OVERLOADED$|IAM_OVERLOADED$|JWKS_)/;

export function isOwnFault(code: unknown): boolean {
  return typeof code === 'string' && OWN_CODE.test(code);
}

/** Whose fault it is. Of several, the one that matters most to the operator. */
export function faultOf({ outcomes, isOwnFault: isOwn }: { outcomes: Set<string>; isOwnFault: boolean }): Fault {
  if (isOwn) return 'gateway';
  let fault: Fault = 'none';
  for (const outcome of outcomes) {
    if (OWN_OUTCOME.test(outcome)) return 'gateway';
    if (outcome === 'SmsUnavailableError') fault = 'upstream';
    else if (fault === 'none') fault = 'caller';
  }
  return fault;
}
