/** Follows the recipes in docs/ as a newcomer would: in a copy of the project, exactly as they are written. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const LEFT_BEHIND = new Set(['.git', 'node_modules', 'dist', 'recipes.test.ts']);

interface Edit {
  /** The sentence above the snippet, such as "In `a.ts`, below `b`:". */
  sentence: string;
  file: string;
  /** Lines that contain these texts, one after the other. The last one is the place of the edit; none: the end of the file. */
  anchors: string[];
  replaces: boolean;
  snippet: string;
}

interface Recipe {
  title: string;
  edits: Edit[];
  /** Shell commands. */
  commands: string[];
}

const CODE = '`{1,2} ?(.+?) ?`{1,2}';
const SENTENCE = new RegExp(`^(?:At the end of|In) ${CODE}(?:, in ${CODE})?(?:, (below|in place of) ${CODE})?:$`);

/** The recipes of a document. Each begins with a heading such as "Add a field" and goes up to the next one. */
function recipesIn(document: string): Recipe[] {
  const sections = readFileSync(join(ROOT, document), 'utf8')
    .split(/^#{1,2} (?=Add )/m)
    .slice(1);
  return sections.map((section) => {
    const blocks = [...section.matchAll(/([^\n]*)\n\n```(\w+)\n([\s\S]*?)```\n/g)];
    // A snippet without a sentence above it would be skipped.
    expect(blocks).toHaveLength(section.match(/^```\w/gm)?.length ?? 0);
    const inLanguage = (isShell: boolean) => blocks.filter(([, , language]) => (language === 'sh') === isShell);
    return {
      title: section.split('\n')[0] ?? '',
      edits: inLanguage(false).map(([, sentence = '', , snippet = '']) => editOf(sentence, snippet)),
      commands: inLanguage(true).flatMap(([, , , lines = '']) => lines.trim().split('\n')),
    };
  });
}

function editOf(sentence: string, snippet: string): Edit {
  const match = SENTENCE.exec(sentence);
  if (!match) throw new Error(`No file and place in the sentence above a snippet: "${sentence}"`);
  const [, file = '', within, how, anchor] = match;
  const anchors = [within, anchor].filter((text) => text !== undefined);
  return { sentence, file, anchors, replaces: how === 'in place of', snippet };
}

function apply({ sentence, file, anchors, replaces, snippet }: Edit, folder: string): void {
  const path = join(folder, file);
  const lines = readFileSync(path, 'utf8').split('\n');
  let at = anchors.length === 0 ? lines.length - 2 : -1;
  for (const [index, anchor] of anchors.entries()) {
    const matches = lines.flatMap((line, number) => (number > at && line.includes(anchor) ? [number] : []));
    // Within a block the first match counts; anywhere else a reader must not have to choose.
    if (index === 0 && matches.length !== 1) throw new Error(`${matches.length} lines match: "${sentence}"`);
    at = matches[0] ?? Number.NaN;
  }
  lines.splice(replaces ? at : at + 1, replaces ? 1 : 0, snippet.replace(/\n$/, ''));
  writeFileSync(path, lines.join('\n'));
}

const recipes = ['docs/add-an-operation.md', 'docs/recipes.md'].flatMap(recipesIn);

test('there are recipes for an operation, a field, a setting and an error code', () => {
  expect(recipes.map(({ title, edits }) => [title, edits.length])).toEqual([
    ['Add an operation', 6],
    ['Add a field', 4],
    ['Add a setting', 2],
    ['Add an error code', 3],
  ]);
});

describe.each(recipes)('the recipe "$title"', ({ edits, commands }) => {
  test('works when it is followed literally', { timeout: 600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'recipe-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(ROOT, folder, { recursive: true, filter: (path) => !LEFT_BEHIND.has(basename(path)) });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const edit of edits) apply(edit, folder);

    run(folder, `npx biome check ${[...new Set(edits.map(({ file }) => file))].join(' ')}`);
    const files = commands.join(' ').match(/\btest\/\S+/g) ?? [];
    expect(files.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
    const report = join(folder, 'report.json');
    for (const command of commands)
      run(
        folder,
        command.startsWith('npx vitest')
          ? `${command} --reporter=default --reporter=json --outputFile=${report}`
          : command,
      );

    const own = edits.flatMap(({ file, snippet }) =>
      file.endsWith('.test.ts') ? [...snippet.matchAll(/^(?:test|it)\('(.+)', /gm)].map(([, title = '']) => title) : [],
    );
    expect(passedIn(report)).toEqual(expect.arrayContaining(own));
  });
});

function run(folder: string, command: string): void {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
  expect(status, `${command}\n${stdout.slice(-4_000)}\n${stderr.slice(-4_000)}`).toBe(0);
}

/** The titles of the tests that passed, from the report of Vitest. */
function passedIn(report: string): string[] {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: { title: string; status: string }[] }[];
  };
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ title, status }) => (status === 'passed' ? [title] : [])),
  );
}
