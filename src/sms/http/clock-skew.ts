/** How far a clock may be off before its signatures are rejected. Source: the vendor's FAQ on signing. */
export const MAX_SKEW_MS = 15 * 60_000;

/** Says how far the gateway's clock is from SMS's: from the time that SMS's message names, or else from its `Date`. */
export function clockSkew(message: string, signedAt: Date, date: string | null): string {
  const named = [...message.matchAll(/\d{8}T\d{6}Z|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/g)].map(([text]) => timeOf(text));
  const ours = signedAt.getTime();
  // The message may name the time of the signature as well.
  const theirs = named.find((time) => Math.abs(time - ours) >= 1000) ?? Date.parse(date ?? '');
  const seconds = Math.round((ours - theirs) / 1000);
  const isKnown = !Number.isNaN(seconds) && (/signature expired/i.test(message) || isTooFar(ours, theirs));
  if (!isKnown) return "the gateway's clock and SMS's are too far apart";
  const distance = `${Math.floor(Math.abs(seconds) / 60)} min ${Math.abs(seconds) % 60} s`;
  return `the gateway's clock is ${distance} ${seconds > 0 ? 'ahead of' : 'behind'} SMS's`;
}

/** Whether the clocks are too far apart for any signature to be accepted, by the `Date` of a response. */
export function isClockOff(date: string | null, signedAt: Date): boolean {
  return isTooFar(signedAt.getTime(), Date.parse(date ?? ''));
}

function isTooFar(ours: number, theirs: number): boolean {
  return Math.abs(ours - theirs) >= MAX_SKEW_MS;
}

function timeOf(text: string): number {
  const [, year, month, day, hour, minute, second] =
    /(\d{4})-?(\d\d)-?(\d\d)[ T](\d\d):?(\d\d):?(\d\d)/.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
