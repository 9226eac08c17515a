/** Files for the person's disk. */
import { zipSync } from 'fflate';

export interface NamedFile {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Saves one file as it is, and several as one archive. */
export function download(files: readonly NamedFile[], archiveName: string): void {
  const [first] = files;
  if (!first) return;
  const file = files.length === 1 ? first : archive(files, archiveName);
  const url = URL.createObjectURL(new Blob([file.bytes], { type: file.type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  // The browser reads the address only after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// The variant with workers would need blob: in the content security policy.
function archive(files: readonly NamedFile[], name: string): NamedFile {
  const entries = Object.fromEntries(files.map(({ name: entry, bytes }) => [entry, bytes]));
  return { name, type: 'application/zip', bytes: new Uint8Array(zipSync(entries)) };
}

export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
