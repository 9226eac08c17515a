import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** A file in memory, in each encoding that a browser may accept. */
export interface CompressedFile {
  etag: string;
  bodies: Record<'br' | 'gzip' | 'identity', Uint8Array<ArrayBuffer>>;
}

export async function compressedFile(content: Buffer): Promise<CompressedFile> {
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    promisify(gzip)(content),
  ]);
  return {
    etag: `"${createHash('sha256').update(content).digest('base64').slice(0, 27)}"`,
    bodies: { br: new Uint8Array(br), gzip: new Uint8Array(gz), identity: new Uint8Array(content) },
  };
}

/** The file in an encoding that the request accepts, or 304 if the browser has it. */
export function fileResponse(
  requestHeaders: Headers,
  { etag, bodies }: CompressedFile,
  headers: Record<string, string>,
  Response: typeof globalThis.Response,
): Response {
  const fileHeaders = { ...headers, etag };
  if (requestHeaders.get('if-none-match')?.includes(etag))
    return new Response(null, { status: 304, headers: fileHeaders });
  const accepted = requestHeaders.get('accept-encoding') ?? '';
  const encoding = accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : 'identity';
  const encodingHeader = encoding === 'identity' ? {} : { 'content-encoding': encoding };
  return new Response(bodies[encoding], { headers: { ...fileHeaders, ...encodingHeader } });
}
