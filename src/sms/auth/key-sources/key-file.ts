import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readTextFile } from '../../text/text-file.ts';
import type { HeldKey } from '../credentials.ts';

/** Why there is no key: a sentence for the operator that repeats nothing of it, nor of where it was looked for. */
export class KeyUnusableError extends Error {
  override readonly name = 'KeyUnusable';
}

/** Visible ASCII: parts of a key are sent in headers. */
export function isKeyPart(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,16384}$/.test(value);
}

/** The id of a key: in `Authorization` a comma ends it, and what follows would be read as another part. */
export const KEY_ID = /^[\x21-\x2b\x2d-\x7e]{1,16384}$/;

/** Where the vendor's SDKs look for a profile. */
export const PROFILE_PATH = join(homedir(), '.huaweicloud', 'credentials');

/** Of a profile with both, the account's key: the API page uses that one. */
const SECTIONS = ['global', 'basic'];

/** The key in a profile of the vendor's SDKs: an INI file with a section `global` or `basic`. Throws `KeyUnusable`. */
export function profileKey(path: string): HeldKey {
  const sections = iniSections(textOf(path));
  const section = SECTIONS.find((name) => sections.has(name));
  if (section === undefined) throw new KeyUnusableError('The file has no section [global] or [basic].');
  return keyIn(sections.get(section) ?? {});
}

/** The key in a file of JSON, or of INI without sections; the names are those of a profile. Throws `KeyUnusable`. */
export function keyInText(text: string): HeldKey {
  if (!text.trimStart().startsWith('{')) return keyIn(iniSections(text).get('') ?? {});
  try {
    return keyIn(JSON.parse(text));
  } catch (error) {
    throw error instanceof KeyUnusableError ? error : new KeyUnusableError('The file is not valid JSON.');
  }
}

export function textOf(path: string): string {
  try {
    return readTextFile(path);
  } catch (error) {
    throw new KeyUnusableError(`The file cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** Whether every user of the machine may read or change the file. Windows has no such bits. */
export function isOpenToAll(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o006) !== 0;
}

function keyIn(values: Readonly<Record<string, unknown>>): HeldKey {
  const [ak, sk, securityToken, domainId, projectId] = NAMES.map((name) => values[name] || undefined);
  if (ak === undefined || sk === undefined) throw new KeyUnusableError('The file has no ak and sk.');
  for (const [index, value] of [ak, sk, securityToken, domainId, projectId].entries())
    if (value !== undefined && !isKeyPart(value))
      throw new KeyUnusableError(`The file has a value of ${NAMES[index]} that is not visible ASCII.`);
  if (!KEY_ID.test(String(ak))) throw new KeyUnusableError('The file has an ak with a comma.');
  if (domainId !== undefined && projectId !== undefined)
    throw new KeyUnusableError('The file has a domain_id and a project_id. SMS takes one of them.');
  return {
    ak: String(ak),
    sk: String(sk),
    ...(securityToken !== undefined && { securityToken: String(securityToken) }),
    ...(domainId !== undefined && { domainId: String(domainId) }),
    ...(projectId !== undefined && { projectId: String(projectId) }),
  };
}

const NAMES = ['ak', 'sk', 'security_token', 'domain_id', 'project_id'];

/** The values of each section, those before the first under the empty name. */
function iniSections(text: string): Map<string, Record<string, string>> {
  let values: Record<string, string> = {};
  const sections = new Map([['', values]]);
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    const [, name, value] = /^\s*([^#;=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (section !== undefined) {
      values = {};
      sections.set(section, values);
    } else if (name !== undefined && value !== undefined) values[name] = value;
  }
  return sections;
}
