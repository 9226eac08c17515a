/**
 * Runs the commands of the documentation that talk to a running gateway. Says of every other command and block which test runs
 * it, or why none can.
 */
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
  [/^sms-graphql-gateway check-config$/, 'test/check-config.test.ts'],
  [/^(cd deploy\/kubernetes|printf '\{"ak".* > key\.json$)/, 'test/deploy.test.ts'],
  [/^(\{|\} > prometheus-rule|\s*printf 'apiVersion|\s*sed 's\/\^)/, 'test/deploy.test.ts'],
  [RUNBOOK, 'test/runbooks.test.ts'],
  [/^npm --prefix bench run --silent month$/, 'test/migration-month.test.ts'],
  [/^npm run console$/, 'test/npm-start.test.ts'],
  [/^npm --prefix examples\/supergraph (start|run compose)$/, 'test/supergraph.test.ts'],
];

/** Commands that no test runs, and why. */
const NOT_RUN: readonly [RegExp, string][] = [
  [
    /^([A-Z_]+=\$\()?docker (build|buildx|run|compose) /,
    'There is no Docker engine. test/package.test.ts runs the steps of the Dockerfile and the files of the image as its user; test/deploy.test.ts and `npm run lint` check Dockerfile and Compose.',
  ],
  [
    /^kubectl apply /,
    'There is no cluster. test/deploy.test.ts validates what `kubectl kustomize` prints, where kubectl is new enough.',
  ],
  [
    /^(mkdir -m 700 \/etc|echo SMS_REGION=|printf '\{"ak".* > \/etc|cp deploy\/systemd|systemctl)/,
    'systemd is not process 1. test/deploy.test.ts has systemd-analyze verify the unit.',
  ],
];

/** All blocks but those of commands: their documents, languages, and the test that runs them or compares them. */
const BLOCKS_BY: readonly [RegExp, RegExp, string][] = [
  [/^README\.md$/, /^graphql$|^json$/, 'test/docs.test.ts'],
  [/^docs\/(queries|schema)\.md$/, /^graphql$|^json$|^js$/, 'test/docs.test.ts'],
  [/^docs\/clients\.md$/, /^graphql$/, 'test/docs.test.ts'],
  [/^docs\/schema\.md$/, /^ts$/, 'test/apollo-client.test.ts'],
  [/^docs\/clients\.md$/, /^js$|^python$|^go$/, 'test/client-snippets.test.ts'],
  [/^docs\/(recipes|add-an-operation)\.md$/, /^gql$|^json$|^ts$|^md$/, 'test/recipes.test.ts'],
  [/^docs\/embedding\.md$/, /^ts$/, 'test/package.test.ts'],
  [/^docs\/supergraph\.md$/, /^graphql$/, 'test/supergraph.test.ts'],
  [/^docs\/getting-started\.md$/, /^json$/, 'test/documented-commands.test.ts'],
  [/^docs\/operations\.md$/, /^$/, 'test/check-config.test.ts'],
  [/^docs\/operations\.md$/, /^json ready$/, 'test/runbooks.test.ts'],
  [/^docs\/operations\.md$/, /^json level$/, 'test/upstream-log.test.ts'],
  [/^docs\/cli\.md$/, /^$/, 'test/main.test.ts'],
  [/^docs\/deploy\.md$/, /^$/, 'test/package.test.ts'],
  [/^docs\/architecture\.md$|^CONTRIBUTING\.md$/, /^$/, 'test/layers.test.ts'],
  [/^docs\//, /^mermaid$/, 'test/diagrams.test.ts'],
];

interface Block {
  /** File and line. */
  location: string;
  commands: string;
  /** The JSON block that follows directly. */
  output: unknown;
}

const documents = globSync('**/*.md', { cwd: ROOT, exclude: ['**/node_modules', 'dist', '.github'] });

const blocks: readonly Block[] = documents.flatMap((file) => {
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
  const listed = [...RUN_BY, ...NOT_RUN];
  const unknown = lines.filter(({ line }) => !listed.some(([pattern]) => pattern.test(line)));
  expect(unknown.map(({ location, line }) => `${location}: ${line}`)).toEqual([]);
  expect(listed.filter(([pattern]) => !lines.some(({ line }) => pattern.test(line)))).toEqual([]);
  expect(RUN_BY.map(([, file]) => file).filter((file) => !existsSync(new URL(file, ROOT)))).toEqual([]);
});

test('each other block of the documentation is run by a test, or compared with what it shows', () => {
  const others = documents.flatMap((file) =>
    [...readFileSync(new URL(file, ROOT), 'utf8').matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(
      ([, language = '', text = '']) => (language === 'sh' ? [] : [{ file, language, text }]),
    ),
  );
  const isIn = ({ file, language, text }: (typeof others)[number], [document, languages]: (typeof BLOCKS_BY)[number]) =>
    document.test(file) && (languages.test(language) || languages.test(`${language} ${/\w+/.exec(text)?.[0]}`));
  const unknown = others.filter((block) => !BLOCKS_BY.some((row) => isIn(block, row)));
  expect(unknown).toEqual([]);
  expect(BLOCKS_BY.filter((row) => !others.some((block) => isIn(block, row)))).toEqual([]);
  expect(BLOCKS_BY.filter(([, , test]) => !existsSync(new URL(test, ROOT)))).toEqual([]);
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
