/**
 * Forms of the export's response. No public source shows a real one: the API reference of 2026 and the SDKs document a
 * file, the sample body of the reference is `{ }`, and an older page shows the text OK. The list has all forms that any
 * source mentions; `csv` is the default.
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

/** Forms of a consistency result: JSON text in the API reference and SDKs, object in an older page and Terraform. */
export const RESULT_FORMS = ['texts', 'objects'] as const;

export type ResultForm = (typeof RESULT_FORMS)[number];
