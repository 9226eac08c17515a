import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type HeldKey, isKeyId, isKeyPart } from '../sms/auth/credentials.ts';
import { readTextFile } from '../text/text-file.ts';

/** Why there is no key, for the operator. The message contains neither a part of the key nor its location. */
export class KeyUnusableError extends Error {
  override readonly name = 'KeyUnusableError';
}

/** Where the vendor's SDKs look for a profile. */
export function profilePath(): string {
  try {
    return join(homedir(), '.huaweicloud', 'credentials');
  } catch {
    // In a container, the user may have neither a name nor a home.
    return join('/', '.huaweicloud', 'credentials');
  }
}

/** The account's key is preferred, since the API page uses it. */
const SECTIONS = ['global', 'basic'];
const NAMES = ['ak', 'sk', 'security_token', 'domain_id', 'project_id'];

/** The key in a profile of the vendor's SDKs: an INI file with a section `global` or `basic`. */
export function profileKey(path: string): HeldKey {
  const sections = iniSections(textOf(path));
  const section = SECTIONS.find((name) => sections.has(name));
  if (section === undefined) throw new KeyUnusableError('The file has no section [global] or [basic].');
  return keyIn(sections.get(section) ?? {});
}

/** The key in a JSON text, or in INI without sections; the names are those of a profile. Throws `KeyUnusableError`. */
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
  const parts = NAMES.map((name) => values[name] || undefined);
  const [ak, sk, securityToken, domainId, projectId] = parts as (string | undefined)[];
  if (ak === undefined || sk === undefined) throw new KeyUnusableError('The file has no ak and sk.');
  const invalid = parts.findIndex((value) => value !== undefined && !isKeyPart(value));
  if (invalid >= 0) throw new KeyUnusableError(`The file has a value of ${NAMES[invalid]} that is not visible ASCII.`);
  if (!isKeyId(ak)) throw new KeyUnusableError('The file has an ak with a comma.');
  if (domainId !== undefined && projectId !== undefined)
    throw new KeyUnusableError('The file has a domain_id and a project_id. SMS takes one of them.');
  return { ak, sk, securityToken, domainId, projectId };
}

/** The values of each section; those before the first section have the empty name. */
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
