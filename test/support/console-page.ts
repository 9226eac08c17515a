/** The console in a real browser, in front of a gateway and an emulator of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { readDocuments } from '../../src/config/trusted-documents.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/server.ts';
import { DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { hasBrowser } from './browser.ts';
import { listen, socketServer, startGateway } from './harness.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** `npm run build:console` makes it. */
export const CONSOLE_DIRECTORY = `${ROOT}dist/console/`;
export const isTestable = hasBrowser && existsSync(`${CONSOLE_DIRECTORY}index.html`);

/** The documents of the page, as the gateway reads them for its setting DOCUMENTS. */
export function consoleDocuments() {
  return readDocuments(`${ROOT}examples/console/src/gql/persisted-documents.json`);
}

type Settings = Parameters<typeof startGateway>[0];

/** A gateway with the console on a free port. */
export async function consoleGateway(
  settings: Settings = {},
  options: EmulatorOptions = {},
): Promise<{ url: string; emulator: Emulator }> {
  const gateway = await startGateway({ consoleDirectory: CONSOLE_DIRECTORY, isEmulated: true, ...settings }, options);
  return { url: await listen(gateway), emulator: gateway.emulator };
}

export interface OpenPage {
  page: Page;
  /** Errors on the console, exceptions, and requests to another origin than the allowed ones. */
  complaints: string[];
}

interface PageOptions extends BrowserContextOptions {
  /** Another origin that the page may call. */
  gateway?: string;
}

/** A page with nothing stored. Failed requests are no complaints: a test that causes them looks at what the page says. */
export async function openPage(browser: Browser, url: string, options: PageOptions = {}): Promise<OpenPage> {
  const { gateway = url, ...contextOptions } = options;
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1400, height: 900 },
    ...contextOptions,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning';
    if (isComplaint && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'blob:' && ![new URL(url).origin, new URL(gateway).origin].includes(origin))
      complaints.push(`A request to ${request.url()}`);
  });
  await page.goto(`${url}/console/`);
  return { page, complaints };
}

/** Logs in with this token, as a person would. */
export async function logIn(page: Page, token = DEMO_TOKEN): Promise<void> {
  await page.getByRole('textbox', { name: /IAM/ }).fill(token);
  await page.getByRole('button', { name: /^(Log in|登录)$/ }).click();
}

/** Opens a wave after the login. */
export async function openWave(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** A network in front of a server, whose connections can be cut. */
export async function cuttableNetwork(target: string): Promise<{ url: string; cut(): void; repair(): void }> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  const url = await socketServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(port), hostname).on('error', () => near.destroy());
    for (const socket of [near, far]) sockets.add(socket);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    return undefined;
  });
  return {
    url,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    repair: () => {
      isCut = false;
    },
  };
}

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe-core finds on the page, one line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${AXE} })()`);
  const results = await page.evaluate(`axe.run({ resultTypes: ['violations'] })`);
  const { violations } = results as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
