/** The documents refer to each other and to files of the project. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const documents = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md', 'examples/*/*.md'], { cwd: ROOT });
const read = (path: string | URL) => readFileSync(new URL(path, ROOT), 'utf8');

/** The anchor that a Markdown renderer gives to a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

test('every link between documents leads to a file and a heading that exist', () => {
  const broken = documents.flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(([link, to = '', anchor]) => {
      const url = new URL(to, new URL(path, ROOT));
      if (!existsSync(url)) return [`${path}: ${link}`];
      if (anchor === undefined) return [];
      const anchors = [...read(url).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
      return anchors.includes(anchor) ? [] : [`${path}: ${link}`];
    }),
  );
  expect(broken).toEqual([]);
});

test('no two headings of the schema reference have the same anchor', () => {
  const pages = documents.filter((path) => path.startsWith('docs/reference/'));
  expect(pages.length).toBeGreaterThan(0);
  const repeated = pages.flatMap((path) => {
    const anchors = [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
    return anchors.filter((anchor, index) => anchors.indexOf(anchor) < index).map((anchor) => `${path}#${anchor}`);
  });
  expect(repeated).toEqual([]);
});

test('every file that a document names exists', () => {
  const missing = documents.flatMap((path) =>
    [...read(path).matchAll(/`((?:[\w.-]+\/)+(?:[\w.-]+\.(?:ts|json|graphql|md|yml))?)`/g)].flatMap(([, name = '']) =>
      ['', 'src/', 'docs/', 'bench/', 'examples/console/src/'].some((folder) =>
        existsSync(new URL(folder + name, ROOT)),
      )
        ? []
        : [`${path}: ${name}`],
    ),
  );
  expect(missing).toEqual([]);
});
