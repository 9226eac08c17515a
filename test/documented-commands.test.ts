/** Runs the commands of the documentation that talk to a running gateway. All others are run by another test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO_LOGIN, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { READY_WAVE } from './support/ask.ts';
import { type Process, startGatewayProcess } from './support/process.ts';

const ROOT = new URL('../', import.meta.url);

/** Variables of the runbooks in docs/operations.md. */
const RUNBOOK = /\$(METRICS|GATEWAY|SMS_ENDPOINT)\b/;

/** Commands that this test does not run, and who does. */
const RUN_BY: readonly [RegExp, string][] = [
  [/^npm ci( && npm test)?$/, '.ci/run'],
  [/^npm ci --prefix examples\/supergraph$/, '.ci/run'],
  [/^npm (test|run check)$/, '.ci/run'],
  [/^\.ci\/run$/, '.ci/run'],
  [/^(npm ci && )?npm start$/, 'test/npm-start.test.ts'],
  [/^export (SMS_REGION|HUAWEICLOUD_SDK_AK)=/, 'test/config.test.ts'],
  [/^(npm run (codegen|schema:accept)|npx tsc|npx vitest run .+)$/, 'test/recipes.test.ts'],
  [/^(npx --yes \.\/|npm install --global \.\/)sms-graphql-gateway-/, 'test/package.test.ts'],
  [/^(sms-graphql-gateway start|node) --env-file/, 'test/package.test.ts'],
  [/^(npm install @opentelemetry|export (NODE_OPTIONS|OTEL_SERVICE_NAME)=)/, 'test/tracing.test.ts'],
  [/^sms-graphql-gateway check-config$/, 'test/main.test.ts'],
  // Docker and kubectl are not part of CI. These tests run what the image contains, and check what the cluster gets.
  [/^docker (build|run|compose) /, 'test/package.test.ts'],
  [/^(cd deploy\/kubernetes|printf '\{"ak"|kubectl apply)/, 'test/deploy.test.ts'],
  [/^(\{|\} > prometheus-rule|\s*printf 'apiVersion|\s*sed 's\/\^)/, 'test/deploy.test.ts'],
  [RUNBOOK, 'test/runbooks.test.ts'],
  [/^npm --prefix bench run --silent month$/, 'test/migration-month.test.ts'],
  [/^npm --prefix examples\/supergraph (start|run compose)$/, 'test/supergraph.test.ts'],
];

interface Block {
  /** File and line. */
  location: string;
  commands: string;
  /** The JSON block that follows directly. */
  output: unknown;
}

const blocks: readonly Block[] = globSync(['*.md', 'docs/**/*.md', 'examples/supergraph/*.md'], {
  cwd: ROOT,
  exclude: ['**/node_modules'],
}).flatMap((file) => {
  const text = readFileSync(new URL(file, ROOT), 'utf8');
  return [...text.matchAll(/```sh\n(.*?)```\n(?:\n```json\n(.*?)```)?/gs)].map(
    ({ 1: commands = '', 2: json, index }) => ({
      location: `${file}:${text.slice(0, index).split('\n').length}`,
      commands,
      output: json === undefined ? undefined : JSON.parse(json),
    }),
  );
});

const needsGateway = ({ commands }: Block) => /\bcurl\b/.test(commands) && !RUNBOOK.test(commands);

test('each command of the documentation is run by a test or by CI', () => {
  const lines = blocks.flatMap((block) =>
    needsGateway(block)
      ? []
      : block.commands
          .trim()
          .split('\n')
          .map((line) => ({ ...block, line: line.replace(/ +#.*/, '') })),
  );
  const unknown = lines.filter(({ line }) => !RUN_BY.some(([pattern]) => pattern.test(line)));
  expect(unknown.map(({ location, line }) => `${location}: ${line}`)).toEqual([]);
  expect(RUN_BY.filter(([pattern]) => !lines.some(({ line }) => pattern.test(line)))).toEqual([]);
  expect(RUN_BY.map(([, file]) => file).filter((file) => !existsSync(new URL(file, ROOT)))).toEqual([]);
});

test('the commands that need a running gateway work, and print what the documentation shows', async () => {
  const gateway = await startGatewayProcess({});
  const folder = mkdtempSync(join(tmpdir(), 'documented-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const block of blocks.filter(needsGateway)) {
    const { location, commands, output } = block;
    const printed = await run(block, gateway, folder);
    expect(printed, location).not.toMatch(/"errors":|parse error/);
    if (output !== undefined) expect(JSON.parse(printed), location).toEqual(output);
    if (commands.includes('/v3/auth/tokens')) expect(printed, location).toMatch(/^\S{10,}\n$/);
  }
});

/** Runs shell commands at a gateway. A subscription ends with its task, for which the clock of the emulator is advanced. */
async function run({ location, commands }: Block, gateway: Process, folder: string): Promise<string> {
  const { url, output } = gateway;
  const addressOf = (name: string) => new RegExp(`^${name}: +(http://[\\d.:]+)`, 'm').exec(output.stdout)?.[1] ?? '';
  const emulator = addressOf('Emulator');
  const env = {
    PATH: process.env['PATH'] ?? '',
    IAM: emulator,
    TOKEN: DEMO_TOKEN,
    PROJECT: READY_WAVE,
    SMS_USER: DEMO_LOGIN.name,
    SMS_PASSWORD: DEMO_LOGIN.password,
    SMS_ACCOUNT: DEMO_LOGIN.domain,
  };
  const script = commands
    .replaceAll('http://127.0.0.1:4000', url)
    .replaceAll('http://127.0.0.1:4001', emulator)
    .replaceAll('https://iam.ap-southeast-3.myhuaweicloud.com', emulator);
  const shell = spawn('sh', ['-c', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(shell, 'close');
  let [printed, complaints] = ['', ''];
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (commands.includes('curl -sN') && printed === '')
      void fetch(`${emulator}/emulator/clock`, { method: 'POST', body: '{"advance":60000}' });
    printed += text;
  });
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const [exitCode] = await ended;
  // Of a command that makes the next request fail.
  await fetch(`${emulator}/emulator/faults`, { method: 'DELETE' });
  expect(exitCode, `${location}: ${script}${complaints}`).toBe(0);
  return printed;
}
