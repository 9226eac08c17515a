/** How the vendor's services name what is wrong. */
export type Json = Record<string, unknown>;

/** Objects within objects that are looked through. The shapes that are known need one. */
const MOST_LEVELS = 8;

/** The first pair of a code and a message, of which one may be missing, at the top or in a nested object. */
export function findCodeAndMessage(body: Json, levels = MOST_LEVELS): { code?: unknown; message?: string | null } {
  for (const [codeName, messageName] of [
    ['error_code', 'error_msg'],
    ['errorCode', 'errorMsg'],
    ['code', 'message'],
  ] as const) {
    const [code, message] = [body[codeName], body[messageName]];
    if (asText(code) !== null || typeof message === 'string') return { code, message: asText(message) };
  }
  const nested = Object.values(body).find(isObject);
  return nested === undefined || levels === 0 ? {} : findCodeAndMessage(nested, levels - 1);
}

export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
