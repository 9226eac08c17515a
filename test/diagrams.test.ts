/** The diagrams of the documentation, drawn by Mermaid in a browser. */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, onTestFinished, test } from 'vitest';
import { hasBrowser, launchBrowser } from './support/browser.ts';

const ROOT = new URL('../', import.meta.url);
const MERMAID = createRequire(import.meta.url).resolve('@mermaid-js/tiny');

const diagrams = globSync('docs/**/*.md', { cwd: ROOT }).flatMap((file) =>
  [...readFileSync(new URL(file, ROOT), 'utf8').matchAll(/```mermaid\n(.*?)```/gs)].map(([, text = '']) => ({
    file,
    text,
  })),
);

/** The global that the script of Mermaid defines. */
declare const mermaid: { render(id: string, text: string): Promise<{ svg: string }> };

test.skipIf(!hasBrowser && !process.env['CI'])('Mermaid draws every diagram of the documentation', async () => {
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.setContent('<body></body>');
  await page.addScriptTag({ path: MERMAID });
  const draw = (text: string) =>
    page
      .evaluate(async (source) => (await mermaid.render('diagram', source)).svg, text)
      .catch((error) => error.message);
  expect(diagrams).not.toEqual([]);
  for (const { file, text } of diagrams)
    expect(await draw(text), file).toMatch(/^<svg .*aria-roledescription="flowchart-v2"/);
  expect(await draw('flowchart LR\n  one[broken --> two')).toMatch(/Parse error/);
});
