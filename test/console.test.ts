/** The console in a browser, against the real gateway and the emulator. `npm run build:console` comes first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_TOKEN, EXPIRED_TOKEN, NO_RIGHTS_TOKEN, READ_ONLY_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { launchBrowser } from './support/browser.ts';
import {
  CONSOLE_DIRECTORY,
  consoleDocuments,
  consoleGateway,
  cuttableNetwork,
  isTestable,
  logIn,
  openPage,
  openWave,
} from './support/console-page.ts';
import { httpServer } from './support/harness.ts';
import { EXPORT_PATH } from './support/sms-client.ts';

const INTRANET_TASK = 'f6b2d9e4-8c05-4a13-9e7f-a3d8c1b5e00a';

// Skipped where the console has not been built, or there is no browser; CI has both.
describe.skipIf(!isTestable && !process.env['CI'])('the console', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const row = (page: Page, name: string) => page.getByRole('row', { name });

  test('shows the verdict, the live progress and the differences of a wave, by trusted documents alone', async () => {
    const { url, emulator } = await consoleGateway({ documents: consoleDocuments() }, { largeWave: 60 });
    const { page, complaints } = await openPage(browser, url);
    await logIn(page);
    await page.getByRole('listitem').filter({ hasText: 'wave-4_hr' }).getByText('Identical', { exact: true }).waitFor();
    await openWave(page, 'wave-5_shop');
    await page.getByText('Files of at least one server differ.').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();

    const copied = page.getByRole('region', { name: 'Copied' });
    const before = await copied.textContent();
    emulator.state.advance(60_000);
    await expect.poll(() => copied.textContent(), { timeout: 20_000 }).not.toBe(before);

    await page.getByRole('searchbox', { name: 'Search name or address' }).fill('shop-files');
    await page.getByText('4 of 60 servers').waitFor();
    await row(page, 'shop-files-01').getByText('Differences').waitFor();

    await page.getByRole('tab', { name: 'Differences' }).click();
    await page.getByText('Directories with differences').waitFor();
    await page.getByRole('table').getByRole('button', { name: 'shop-files-01' }).click();
    await page.getByRole('dialog').getByText('/srv/shop').waitFor();

    const kept = await page.evaluate(() =>
      JSON.stringify([location.href, localStorage, sessionStorage, document.cookie]),
    );
    expect(kept).not.toContain(DEMO_TOKEN);
    expect(emulator.requests.every(({ path }) => !path.includes(DEMO_TOKEN))).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('does not take a wave without differences for a verified one', async () => {
    const { url } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await logIn(page);
    await openWave(page, 'wave-2_windows');
    await page.getByText('No differences were found, but that proves nothing').waitFor();
    await page.getByRole('tab', { name: 'Differences' }).click();
    await page.getByText('This does not mean that the wave is verified').waitFor();
  });

  test('offers only what SMS allows, and starts a task after a confirmation', async () => {
    const { url, emulator } = await consoleGateway();
    const { page, complaints } = await openPage(browser, url);
    await logIn(page);
    await openWave(page, 'wave-3_apps');
    await page.getByRole('button', { name: 'Details of wiki-01' }).click();
    const actions = page.getByRole('group', { name: 'What you can do now' });
    await actions.getByRole('button').first().waitFor();
    expect(await actions.getByRole('button').allTextContents()).toEqual(['Sync']);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Details of intranet-app' }).click();
    await actions.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('dialog', { name: 'Start 1 server?' }).getByRole('button', { name: 'Start' }).click();
    await page.getByText('1 of 1 accepted by SMS').waitFor();
    const { body } = emulator.requests.findLast(({ path }) => path.endsWith('/action')) ?? {};
    expect(JSON.parse(body ?? '')).toMatchObject({ operation: 'start', is_need_consistency_check: true });
    await page.getByRole('dialog', { name: 'Start 1 server?' }).getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('dialog').getByText('Copying').waitFor();
    expect(complaints).toEqual([]);
  });

  test('says what stands against a launch, and launches a wave that is ready', async () => {
    const { url, emulator } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await logIn(page);
    await openWave(page, 'wave-3_apps');
    await page.getByRole('tab', { name: 'Launch gate' }).click();
    await page.getByText('6 of 6 servers do not meet the conditions yet.').waitFor();
    expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual(
      expect.arrayContaining(['No task1 server', 'Files differ1 server']),
    );

    await page.getByRole('link', { name: 'All waves' }).click();
    await openWave(page, 'wave-4_hr');
    await page.getByRole('tab', { name: 'Launch gate' }).click();
    await page.getByText('Ready to launch').waitFor();
    await page.getByRole('button', { name: 'Launch 2 servers…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Launch', exact: true }).click();
    await page.getByText('2 of 2 accepted by SMS').waitFor();
    const operations = emulator.requests
      .filter(({ path }) => path.endsWith('/action'))
      .map(({ body }) => JSON.parse(body));
    expect(operations).toEqual([{ operation: 'cutover' }, { operation: 'cutover' }]);
  });

  test('exports a large wave part by part, and goes on after an interruption with what has not arrived', async () => {
    const { url, emulator } = await consoleGateway({}, { largeWave: 450 });
    const network = await cuttableNetwork(url);
    const { page } = await openPage(browser, network.url);
    await logIn(page);
    await openWave(page, 'wave-5_shop');
    await page.getByText('450 servers', { exact: true }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    const [lost = ''] = [...emulator.state.tasks].find(([, { name }]) => name === 'move-shop-web-30') ?? [];
    emulator.state.tasks.delete(lost);

    // The first call brings a part, the others hang until the network is cut.
    emulator.fault({ kind: 'latency', ms: 0, path: EXPORT_PATH, times: 1 });
    emulator.fault({ kind: 'hang', path: EXPORT_PATH, times: 100 });
    await page.getByRole('button', { name: 'Export all' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('420 servers will be exported').waitFor();
    await dialog.getByRole('button', { name: 'Start the export' }).click();
    await dialog.getByText('200 of 420 servers').waitFor();
    network.cut();
    await dialog.getByText('The export was interrupted. What has arrived is kept.').waitFor();
    await page.getByText('Connection lost').waitFor();

    await fetch(`${emulator.url}/emulator/faults`, { method: 'DELETE' });
    network.repair();
    await dialog.getByRole('button', { name: /^Go on with/ }).click();
    await dialog.getByText('Exported, except for 1 server').waitFor();
    await dialog.getByText('shop-web-30').waitFor();
    await dialog.getByText('SMS.7703').waitFor();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: /^Download \d+ files/ }).click();
    const saved = readFileSync(await (await download).path());
    expect((await download).suggestedFilename()).toBe('consistency-results.zip');
    // Each file has an entry in the archive's central directory.
    expect(saved.toString('latin1').split('PK\x01\x02').length - 1).toBeGreaterThanOrEqual(3);
  });

  test('saves a report that also lists the servers which were never checked', async () => {
    const { url } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await logIn(page);
    await openWave(page, 'wave-3_apps');
    await row(page, 'wiki-01').waitFor();
    await page.getByRole('button', { name: 'Export all' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Report with verdicts (CSV)' }).click();
    const report = readFileSync(await (await download).path(), 'utf8');
    expect(report).toMatch(/shop-web.*\/srv\/shop/);
    expect(report).toContain('intranet-app');
  });

  test('says that its stream is broken, and shows what has changed once it is back', async () => {
    const { url, emulator } = await consoleGateway({}, { largeWave: 60 });
    const network = await cuttableNetwork(url);
    const { page } = await openPage(browser, network.url);
    await logIn(page);
    await openWave(page, 'wave-5_shop');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('searchbox').fill('shop-media-01');
    const percent = row(page, 'shop-media-01').getByRole('progressbar');
    const before = await percent.getAttribute('aria-valuenow');

    network.cut();
    await page.getByText('Connection lost').waitFor();
    emulator.state.advance(60_000);
    network.repair();
    await page.getByText('Live', { exact: true }).waitFor();
    await expect.poll(() => percent.getAttribute('aria-valuenow')).not.toBe(before);
    expect(await page.getByRole('searchbox').inputValue()).toBe('shop-media-01');
  });

  test('asks for a new token when the old one has expired, and loses nothing', async () => {
    const { url, emulator } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await logIn(page, EXPIRED_TOKEN);
    await page.getByText('The token is not accepted').waitFor();
    expect(await page.getByRole('textbox', { name: 'IAM token' }).inputValue()).toBe(EXPIRED_TOKEN);

    await logIn(page);
    await openWave(page, 'wave-3_apps');
    await page.getByRole('searchbox').fill('wiki');
    const token = emulator.state.tokens.get(DEMO_TOKEN);
    emulator.state.tokens.delete(DEMO_TOKEN);
    await page.getByRole('button', { name: 'Read again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your token is no longer accepted' });
    if (token) emulator.state.tokens.set('another-token', token);
    await dialog.getByRole('textbox').fill('another-token');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByRole('searchbox').inputValue()).toBe('wiki');
    await row(page, 'wiki-01').getByText('Identical', { exact: true }).waitFor();
  });

  test('names the permission that is missing', async () => {
    const { url } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await logIn(page, NO_RIGHTS_TOKEN);
    await page.getByText('You are not permitted to do this').waitFor();
    await page.getByText(/sms:migproject:list/).waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();

    await logIn(page, READ_ONLY_TOKEN);
    await openWave(page, 'wave-3_apps');
    await page.getByRole('button', { name: 'Details of intranet-app' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).last().click();
    await page.getByRole('dialog', { name: 'Start 1 server?' }).getByRole('button', { name: 'Start' }).click();
    await page.getByText('You are not permitted to do this').waitFor();
    await page.getByText(/Action sms:server:\w+ is not granted/).waitFor();
  });

  test('waits as long as SMS asks when it throttles, and goes on by itself', async () => {
    const { url, emulator } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await logIn(page);
    await expect.poll(() => page.getByText(/identical|not verified/).count(), { timeout: 20_000 }).toBe(4);
    // The gateway itself waits for a shorter time.
    emulator.fault({ kind: 'throttle', retryAfter: 7, path: '/v3/sources' });
    await page.getByRole('link', { name: 'wave-3_apps' }).click();
    await page.getByText('Too many requests').first().waitFor();
    await page
      .getByText(/^Trying again in \d s$/)
      .first()
      .waitFor();
    await row(page, 'wiki-01').waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  test('says that SMS is down, and reads again on request', async () => {
    const { url, emulator } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await logIn(page);
    await page.getByRole('link', { name: 'wave-3_apps' }).waitFor();
    emulator.fault({ kind: 'status', status: 503, times: Number.POSITIVE_INFINITY });
    await page.getByRole('link', { name: 'wave-3_apps' }).click();
    await page.getByText('SMS does not respond').first().waitFor();
    await fetch(`${emulator.url}/emulator/faults`, { method: 'DELETE' });
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).first().click();
    await row(page, 'wiki-01').waitFor();
  });

  test('says whether a change may have been carried out, and why SMS refuses one', async () => {
    const { url, emulator } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await logIn(page);
    await openWave(page, 'wave-3_apps');
    await page.getByRole('button', { name: 'Details of intranet-app' }).click();
    await page.getByRole('group').getByRole('button', { name: 'Start' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start 1 server?' });
    await dialog.getByRole('button', { name: 'Start' }).waitFor();
    emulator.fault({ kind: 'reset-in-body', path: `/v3/tasks/${INTRANET_TASK}/action` });
    await dialog.getByRole('button', { name: 'Start' }).click();
    await dialog.getByText('It may have been carried out nevertheless.').waitFor();

    await dialog.getByRole('button', { name: 'Try the failed ones again' }).click();
    await dialog.getByText('Its present state does not allow it.').waitFor();
    await dialog.getByText('SMS.7713').waitFor();
  });

  test('says that a wave does not exist', async () => {
    const { url } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await page.goto(`${url}/console/#/waves/31d7e0a4-8c5b-4a92-b6f1-0e9d3c7a2b99`);
    await logIn(page);
    await page.getByText('There is no such wave').waitFor();
  });

  test('explains failures in Chinese, in which the gateway explains them too', async () => {
    const { url } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await page.getByRole('combobox', { name: 'Language' }).selectOption('中文');
    await logIn(page);
    await openWave(page, 'wave-1_web');
    await row(page, 'legacy-db')
      .getByText(/SSH.*网络/)
      .waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    await page.getByRole('combobox', { name: '语言' }).selectOption('English');
    await row(page, 'legacy-db').getByText('There is no SSH connection').waitFor();
  });

  test('runs on another origin that the gateway allows', async () => {
    let gatewayUrl = '';
    const origin = await httpServer(({ url: path = '' }, response) => {
      const name = path.replace(/^\/console\//, '') || 'index.html';
      const type = { js: 'text/javascript', css: 'text/css', html: 'text/html', svg: 'image/svg+xml' }[
        name.split('.').at(-1) ?? ''
      ];
      const content = readFileSync(join(CONSOLE_DIRECTORY, name));
      response.setHeader('content-type', type ?? 'text/plain');
      response.end(
        name === 'index.html' ? String(content).replace('content="/graphql"', `content="${gatewayUrl}"`) : content,
      );
    });
    const { url } = await consoleGateway({ corsOrigins: [origin] }, { largeWave: 60 });
    gatewayUrl = `${url}/graphql`;
    const { page, complaints } = await openPage(browser, origin, { gateway: url });
    await page.getByText('Demo data', { exact: true }).waitFor();
    await logIn(page);
    await openWave(page, 'wave-5_shop');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    expect(complaints).toEqual([]);
  });

  test('keeps only the rows in sight of a large wave, and reads it again by itself', async () => {
    const { url } = await consoleGateway({}, { largeWave: 2_100 });
    const { page, complaints } = await openPage(browser, url);
    await logIn(page);
    await openWave(page, 'wave-5_shop');
    await page.getByText('2,100 servers', { exact: true }).waitFor();
    await page.getByText('Read every 30 s').waitFor();
    await page.getByText('Files of at least one server differ.').waitFor();
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Name');
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await row(page, 'shop-web-140').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    expect(complaints).toEqual([]);
  });

  test('can be used with the keyboard alone', async () => {
    const { url } = await consoleGateway();
    const { page } = await openPage(browser, url);
    await page.getByRole('textbox').focus();
    await page.keyboard.type(DEMO_TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'wave-3_apps' }).focus();
    await page.keyboard.press('Enter');
    const details = page.getByRole('button', { name: 'Details of wiki-01' });
    await details.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'wiki-01' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => details.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
