/** A plugin of GraphQL Code Generator: docs/configuration.md with the tables of its sections written anew. */
import { readFileSync } from 'node:fs';
import { settingsIn } from '../src/config/config.ts';
import type { Setting } from '../src/config/env-reader.ts';

const PAGE = new URL('../docs/configuration.md', import.meta.url);
const TABLE_HEAD = '| name | meaning | default | allowed |\n| --- | --- | --- | --- |\n';

export function plugin(): string {
  const settings = settingsIn({});
  const inProduction = new Map(
    settingsIn({ NODE_ENV: 'production' }).map((setting) => [setting.name, setting.default]),
  );
  const sections = Map.groupBy(settings, ({ section }) => section);
  let page = readFileSync(PAGE, 'utf8');
  for (const [title, all] of sections) {
    const rows = all.map((setting) => rowOf(setting, inProduction.get(setting.name)));
    page = withTable(page, title, rows.join(''));
  }
  return page;
}

function rowOf({ name, meaning, default: standard, allowed, isSecret }: Setting, inProduction = standard): string {
  const label = `\`${name}\`${isSecret ? ' (secret)' : ''}`;
  const defaults = inProduction === standard ? standard : `${standard}, in production ${inProduction}`;
  return `| ${[label, meaning, defaults, allowed].join(' | ')} |\n`;
}

/** Replaces the rows of the first table below a heading. */
function withTable(page: string, title: string, rows: string): string {
  const heading = page.search(new RegExp(`^##+ ${RegExp.escape(title)}$`, 'm'));
  const head = page.indexOf(TABLE_HEAD, heading);
  if (heading === -1 || head === -1 || /^##/m.test(page.slice(heading + 3, head)))
    throw new Error(`docs/configuration.md has no section "${title}" with a table of settings`);
  const begin = head + TABLE_HEAD.length;
  const end = begin + (/^(?!\|)/m.exec(page.slice(begin))?.index ?? 0);
  return page.slice(0, begin) + rows + page.slice(end);
}
