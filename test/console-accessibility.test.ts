/** What axe-core says about each view of the console. With SCREENSHOTS=true it also writes the pictures of the documentation. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import {
  accessibilityProblems,
  consoleGateway,
  isTestable,
  logIn,
  openPage,
  openWave,
} from './support/console-page.ts';

/** Those that the documentation shows. */
const PICTURES = ['servers-wide-light', 'differences-wide-light', 'servers-narrow-dark'];
const IMAGES = new URL('../docs/images/', import.meta.url).pathname;

const WIDE = { viewport: { width: 1400, height: 900 } };
const NARROW = { viewport: { width: 390, height: 844 } };

describe.skipIf(!isTestable && !process.env['CI'])('axe-core finds nothing to complain about', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  async function expectAccessible(page: Page, image: string): Promise<void> {
    // Nothing must be half transparent.
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finish())));
    if (process.env['SCREENSHOTS'] === 'true' && PICTURES.includes(image))
      await page.screenshot({ path: `${IMAGES}console-${image}.png` });
    expect(await accessibilityProblems(page)).toEqual([]);
  }

  test.each([
    ['wide-light', { ...WIDE, colorScheme: 'light', locale: 'en-US' } as const],
    ['narrow-dark', { ...NARROW, colorScheme: 'dark', locale: 'zh-CN' } as const],
  ])('in any view: %s', async (look, options) => {
    const { url } = await consoleGateway({}, { largeWave: 60 });
    const { page } = await openPage(browser, url, { ...options, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: /demo token|演示 Token/ }).waitFor();
    await expectAccessible(page, `login-${look}`);

    await logIn(page);
    await page
      .getByRole('listitem')
      .filter({ hasText: 'wave-5_shop' })
      .getByText(/8 with differences|8 台有差异/)
      .waitFor();
    await expectAccessible(page, `waves-${look}`);

    await openWave(page, 'wave-5_shop');
    await page.getByText(/Files of at least|至少一台/).waitFor();
    await page.getByText(/^(Live|实时)$/).waitFor();
    await page.getByRole('row', { name: 'shop-files-01' }).waitFor();
    await expectAccessible(page, `servers-${look}`);

    await page.getByRole('row', { name: 'shop-files-01' }).getByRole('button').click();
    await page.getByRole('dialog').getByText('/opt/shop').waitFor();
    await page.getByRole('dialog').getByText('198.19.0.5').waitFor();
    await page.getByRole('dialog').getByRole('group').getByRole('button').first().waitFor();
    await expectAccessible(page, `server-${look}`);
    await page.getByRole('dialog').getByRole('group').getByRole('button').last().click();
    await page.getByText(/^(I know|我已了解)/).waitFor();
    await expectAccessible(page, `launch-${look}`);
    await page.getByRole('button', { name: /^(Cancel|取消)$/ }).click();
    await page.keyboard.press('Escape');

    await page.getByRole('tab').nth(1).click();
    await page.locator('.recharts-bar-rectangle').first().waitFor();
    await expectAccessible(page, `differences-${look}`);

    await page.getByRole('tab').nth(2).click();
    await page.getByRole('heading', { level: 3 }).first().waitFor();
    await expectAccessible(page, `gate-${look}`);
  });
});
