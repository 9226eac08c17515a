import { expect, onTestFinished, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { example } from '../src/process/example.ts';
import { graphiqlTabs } from '../src/process/graphiql-tabs.ts';
import { hasBrowser, launchBrowser } from './support/browser.ts';
import { listen, startGateway } from './support/harness.ts';

async function openGraphiql() {
  const gateway = await startGateway({
    graphiql: { ...example, tabs: graphiqlTabs, headers: { 'X-Auth-Token': DEMO_TOKEN } },
  });
  const url = await listen(gateway);
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.route(
    (address) => address.origin !== url,
    (route) => {
      complaints.push(`A request to ${route.request().url()}`);
      return route.abort();
    },
  );
  await page.goto(`${url}/graphql`);
  return { gateway, page, complaints };
}

// Skipped where there is no browser; CI has one.
test.skipIf(!hasBrowser && !process.env['CI'])(
  'GraphiQL runs its example at the press of a button, offline, and keeps no token',
  async () => {
    const { gateway, page, complaints } = await openGraphiql();
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.locator('.result-window', { hasText: 'ExportConsistencyResultsSuccess' }).waitFor();

    expect(await page.title()).toBe('SMS GraphQL gateway');

    // The query is kept, so that a reload loses no work; the headers are not.
    await page.locator('.graphiql-query-editor textarea').first().press('Control+End');
    await page.keyboard.type('# kept');
    await page.waitForFunction(() => JSON.stringify(localStorage).includes('# kept'));
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
    expect(kept).not.toContain(DEMO_TOKEN);

    await page.reload();
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.locator('.result-window', { hasText: 'ExportConsistencyResultsSuccess' }).waitFor();

    const calls = gateway.emulator.requests.map(({ path, headers }) => [path, headers['x-auth-token']]);
    const call = ['/v3/tasks/consistency-results/export', DEMO_TOKEN];
    expect(calls).toEqual([call, call]);
    expect(complaints).toEqual([]);
  },
);

test.skipIf(!hasBrowser && !process.env['CI'])(
  'GraphiQL has tabs with a report, the gate, an export and a watch of a wave, which run as they are',
  async () => {
    const { page } = await openGraphiql();
    // A tab can be dragged, so a click while the page moves does not count.
    await page.locator('.graphiql-tab-button', { hasText: 'Gate' }).press('Enter');
    await page.locator('.graphiql-query-editor', { hasText: 'Gate' }).waitFor();
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.locator('.result-window', { hasText: 'CHECK_TOO_OLD' }).waitFor();
    expect(await page.locator('.graphiql-tab-button').allTextContents()).toEqual([
      'ExportConsistencyResults',
      'WaveReport',
      'Gate',
      'WatchWave',
      'ExportWave',
    ]);
  },
);
