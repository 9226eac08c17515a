import { InvalidInputError } from '../errors/errors.ts';
import { percentEncode } from '../sign.ts';

/**
 * Builds a path in which each value is one segment: path`/v3/tasks/${taskId}/action`. Throws `InvalidInputError` for a
 * value that could leave its segment, or that proxies may read differently.
 */
export function path(parts: TemplateStringsArray, ...values: string[]): string {
  return parts.reduce((before, part, index) => before + segment(values[index - 1] ?? '') + part);
}

/** Whether a value can be a path segment. */
export function fitsPath(value: unknown): value is string {
  return typeof value === 'string' && /^\w[\w.-]{0,254}$/.test(value);
}

function segment(value: string): string {
  if (fitsPath(value)) return percentEncode(value);
  throw new InvalidInputError([{ path: ['id'], message: 'Has characters that cannot be part of a path.' }]);
}
