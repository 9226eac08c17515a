/** Whether a value of a standard scalar has its usual form, which neither coercion nor serialization changes. */
export const USUAL_VALUES: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: isText,
  ID: isText,
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && value === (value | 0),
  Float: Number.isFinite,
};

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
