/**
 * What the export answers with. No public source shows the real bytes: the API reference of 2026 and the SDKs say a file,
 * the reference's sample body is `{ }`, an older page shows the text OK. `csv` is the default; the others are all forms
 * that were ever named.
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

/** Entries of consistency results: the API reference and the SDKs say JSON texts, an older page and Terraform objects. */
export const RESULT_FORMS = ['texts', 'objects'] as const;

export type ResultForm = (typeof RESULT_FORMS)[number];
