import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

type Decode = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const zlib: Decode = promisify(inflate);
const raw: Decode = promisify(inflateRaw);

const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  // Some servers send deflate data without the zlib format around it.
  ['deflate', (bytes, options) => (isZlib(bytes) ? zlib : raw)(bytes, options)],
  ['br', promisify(brotliDecompress)],
]);

const NO_CODING = new Set(['', 'identity', 'none']);

const MAX_CODINGS = 3;

/** Decoders in the order to apply them. Null if a coding is unknown, or there are too many. */
export function decodersFor(header: string | readonly string[] | undefined): readonly Decode[] | null {
  if (header === undefined) return [];
  const names = [header].flat().join(',').toLowerCase().split(',');
  const codings = names.map((name) => name.trim()).filter((name) => !NO_CODING.has(name));
  const decoders = codings.flatMap((name) => DECODERS.get(name) ?? []).reverse();
  return decoders.length === codings.length && codings.length <= MAX_CODINGS ? decoders : null;
}

export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/** Decodes to `maxBytes` at most per step. Throws `TooLongError`, or zlib's error for broken or incomplete data. */
export async function decoded(bytes: Buffer, decoders: readonly Decode[], maxBytes: number): Promise<Buffer> {
  // An empty body has nothing to decode, whatever its header says.
  if (bytes.length === 0) return bytes;
  let plain = bytes;
  for (const decode of decoders) {
    try {
      plain = await decode(plain, { maxOutputLength: maxBytes });
    } catch (cause) {
      // zlib throws a RangeError only for the limit.
      throw cause instanceof RangeError ? new TooLongError() : cause;
    }
  }
  return plain;
}

/** The first two bytes name the method deflate and are a multiple of 31 (RFC 1950). */
function isZlib(bytes: Buffer): boolean {
  return bytes.length > 1 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}
