/** Whether a value of a standard scalar is plain: neither coercion nor serialization changes it. */
export const PLAIN_VALUES: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: isText,
  ID: isText,
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && value === (value | 0),
  Float: Number.isFinite,
};

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
