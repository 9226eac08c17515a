/**
 * What the export answers with. No public source shows the real bytes: the vendor's SDKs went from text to a file in
 * 2026, the API page shows `{}` and the text OK. `csv` is the default; the others are all forms that were ever named.
 */
export const EXPORT_FORMS = [
  'csv',
  'binary',
  'json-file',
  'empty-object',
  'empty',
  'no-content',
  'ok-text',
  'ok-json',
  'null',
  'json-array',
] as const;

export type ExportForm = (typeof EXPORT_FORMS)[number];
