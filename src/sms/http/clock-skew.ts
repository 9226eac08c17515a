/** How far a clock may be off before its signatures are refused, in minutes. Source: the vendor's FAQ on signing. */
const WINDOW_MINUTES = 15;

/**
 * In words, how far the gateway's clock is from SMS's, when SMS refused a signature for its time; otherwise null.
 * SMS names its own time in the text, in one of two forms; where it does not, the `Date` of its answer serves.
 */
export function clockSkew(
  said: string,
  sent: Readonly<Record<string, string>>,
  date: string | null,
  now: Date,
): string | null {
  const sentDate = sent['X-Sdk-Date'];
  if (sentDate === undefined) return null;
  const signedAt = timeOf(sentDate);
  const named = [...said.matchAll(/\d{8}T\d{6}Z|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/g)].map(([text]) => timeOf(text));
  const theirs = named.find((time) => Math.abs(time - signedAt) >= 1000) ?? Date.parse(date ?? '');
  const seconds = Math.round((now.getTime() - theirs) / 1000);
  const isTooFar = Math.abs(seconds) >= WINDOW_MINUTES * 60;
  if (!/signature expired/i.test(said) && !isTooFar) return null;
  if (Number.isNaN(seconds)) return "the gateway's clock and SMS's are too far apart";
  const distance = `${Math.floor(Math.abs(seconds) / 60)} min ${Math.abs(seconds) % 60} s`;
  return `the gateway's clock is ${distance} ${seconds > 0 ? 'ahead of' : 'behind'} SMS's`;
}

/** Whether the `Date` of an answer is too far from our clock for any signature to be accepted. */
export function isClockOff(date: string | null, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(date ?? '')) >= WINDOW_MINUTES * 60_000;
}

function timeOf(text: string): number {
  const [, year, month, day, hour, minute, second] =
    /(\d{4})-?(\d\d)-?(\d\d)[ T](\d\d):?(\d\d):?(\d\d)/.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
