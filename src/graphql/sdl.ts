import { readFileSync } from 'node:fs';
import { type DocumentNode, parse } from 'graphql';

const FOLDER = new URL('../../schema/', import.meta.url);

/** The SDL of one part of SMS. The build replaces this module by one that contains all of them parsed. */
export function documentOf(part: string): DocumentNode {
  return parse(readFileSync(new URL(`${part}.graphql`, FOLDER), 'utf8'));
}
