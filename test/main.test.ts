/** The process: what it prints, how it stops, and what it reports if it cannot start. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { buildSchema } from 'graphql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { example } from '../src/process/example.ts';
import { httpServer } from './support/harness.ts';
import { startGatewayProcess } from './support/process.ts';

const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);
type Env = Record<string, string>;

const FREE_PORTS = { PORT: '0', EMULATOR_PORT: '0' };
const LOCAL = 'http://127\\.0\\.0\\.1:\\d+';

describe('start', () => {
  test('prints the addresses of GraphQL and the emulator, a token and a command to try', async () => {
    const { lines } = await started('start', { lines: 4 });
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^GraphQL:    ${LOCAL}/graphql  \\(open it in a browser for GraphiQL\\)$`)),
      expect.stringMatching(new RegExp(`^Emulator:   ${LOCAL}  \\(no SMS_REGION or SMS_ENDPOINT is set\\)$`)),
      `Demo token: ${DEMO_TOKEN}`,
      expect.stringMatching(new RegExp(`^Try:        curl -s ${LOCAL}/graphql .*'$`)),
    ]);
  });

  // Skipped where there is no curl; CI has it.
  test.skipIf(!hasCurl && !process.env['CI'])('prints a command that works when it is pasted', async () => {
    const { lines } = await started('start', { lines: 4 });
    const { stdout } = await run('sh', ['-c', lines[3]?.replace('Try:', '') ?? '']);
    expect(JSON.parse(stdout)).toEqual({
      data: {
        exportConsistencyResults: {
          __typename: 'ExportConsistencyResultsSuccess',
          files: [{ fileName: '一致性校验结果.csv', text: expect.stringMatching(/^Task ID,/) }],
        },
      },
    });
  });

  const KEY = { HUAWEICLOUD_SDK_AK: 'the-ak', HUAWEICLOUD_SDK_SK: 'the-sk' };
  const IAM = { HUAWEICLOUD_SDK_IAM_ENDPOINT: 'http://127.0.0.1:1' };
  test.each<[string, Record<string, string>, string]>([
    ['without a key', {}, 'SMS_AUTH=forward'],
    ['with a key and no IAM', KEY, 'SMS_AUTH=sign-and-forward, tokens are NOT checked'],
    [
      'with a key and an IAM',
      { ...KEY, ...IAM },
      'SMS_AUTH=sign-and-forward, tokens are checked at http://127.0.0.1:1',
    ],
    [
      'where tokens are exchanged',
      { ...IAM, SMS_AUTH: 'exchange' },
      'SMS_AUTH=exchange, tokens are exchanged at http://127.0.0.1:1',
    ],
  ])('prints where SMS is and whether tokens are checked, but no demo: %s', async (_, env, settings) => {
    const sms = await httpServer((_, response) => response.end('{}'));
    const { lines } = await started('start', { lines: 2, env: { ...env, SMS_ENDPOINT: sms, GRAPHIQL: 'false' } });
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^GraphQL:    ${LOCAL}/graphql$`)),
      `SMS:        ${sms}  (${settings})`,
    ]);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('exits with 0 on %s', async (signal) => {
    const { process } = await started('start', { lines: 4 });
    expect(await ended(process, signal)).toEqual([0, null]);
  });

  test('on SIGTERM lets the running request end, and accepts no other', async () => {
    const arrived = Promise.withResolvers<() => void>();
    const sms = await httpServer((_, response) => arrived.resolve(() => response.end('a,file')));
    const { process, lines } = await started('start', { lines: 2, env: { SMS_ENDPOINT: sms } });
    const url = lines[0]?.split(/\s+/)[1] ?? '';
    const response = fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
      body: JSON.stringify(example),
    });
    const respond = await arrived.promise;
    const exit = ended(process, 'SIGTERM');
    await untilClosed(url);
    respond();
    expect(await (await response).json()).toMatchObject({
      data: { exportConsistencyResults: { __typename: 'ExportConsistencyResultsSuccess' } },
    });
    expect(await exit).toEqual([0, null]);
  });

  test.each(['PORT', 'METRICS_PORT'])(
    'exits with 1 and names the variable of a port that is in use: %s',
    async (name) => {
      const port = await usedPort();
      await expect(ran('start', { [name]: port })).rejects.toMatchObject({
        code: 1,
        stdout: '',
        stderr: `127.0.0.1:${port} is already in use. Stop the process that uses it, or set ${name} to another port.\n`,
      });
    },
  );

  test.each([
    ['HOST', { SMS_ENDPOINT: 'http://127.0.0.1:1' }],
    ['METRICS_HOST', { METRICS_PORT: '0' }],
  ])('exits with 1 and names the variable of a host that is not an address of this machine: %s', async (name, env) => {
    await expect(ran('start', { ...env, [name]: '192.0.2.1' } as Env)).rejects.toMatchObject({
      code: 1,
      stderr: `${name} is not an address of this machine.\n`,
    });
  });

  test('exits with 1 and reports invalid settings', async () => {
    await expect(ran('start', { LOG_LEVEL: 'loud' })).rejects.toMatchObject({
      code: 1,
      stderr: 'LOG_LEVEL is "loud". Allowed: silent, fatal, error, warn, info, debug, trace.\n',
    });
  });
});

describe('the embedded emulator', () => {
  test('is named in the log, on /ready and in the header of every response', async () => {
    const gateway = await startGatewayProcess({});
    const responses = await Promise.all(
      ['/ready', '/health', '/nowhere', '/graphql'].map((path) => fetch(gateway.url + path)),
    );
    expect(responses.map(({ headers }) => headers.get('x-sms-emulator'))).toEqual(['true', 'true', 'true', 'true']);
    expect(await responses[0]?.json()).toEqual({
      ready: true,
      emulator: true,
      circuits: ['closed'],
      store: 'none',
    });
    await expect
      .poll(() => gateway.output.stderr)
      .toMatch(/"level":40,.*"msg":"The embedded emulator replaces SMS: all data is made up"/);
  });

  test('is not named if another SMS is used', async () => {
    const gateway = await startGatewayProcess({ SMS_ENDPOINT: 'http://127.0.0.1:1' });
    const response = await fetch(`${gateway.url}/ready`);
    expect([response.headers.get('x-sms-emulator'), await response.json()]).toEqual([
      null,
      { ready: true, circuits: ['closed'], store: 'none' },
    ]);
    gateway.signal('SIGINT');
    await gateway.exit;
    expect(gateway.output.stderr).not.toContain('emulator');
  });
});

test('the log warns of a variable that is spelt nearly like a setting', async () => {
  const gateway = await startGatewayProcess({ CORS_ORIGIN: 'https://console.example.com' });
  await expect
    .poll(() => gateway.output.stderr)
    .toMatch(/"level":40,.*"msg":"CORS_ORIGIN is not a setting of the gateway. Did you mean CORS_ORIGINS\?"/);
});

describe('demo', () => {
  test('prints the result of the first example as JSON, and exits with 0', async () => {
    const { stdout } = await ran('demo');
    expect(JSON.parse(stdout)).toMatchObject({
      data: { exportConsistencyResults: { __typename: 'ExportConsistencyResultsSuccess' } },
    });
  });
});

describe('emulator', () => {
  test('prints its address, a token and a key', async () => {
    const { lines, process } = await started('emulator', { lines: 4 });
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^SMS emulator: ${LOCAL}$`)),
      `Demo token:   ${DEMO_TOKEN}`,
      `Demo AK:      ${DEMO_ACCESS_KEY.ak}`,
      `Demo SK:      ${DEMO_ACCESS_KEY.sk}`,
    ]);
    expect(await ended(process, 'SIGTERM')).toEqual([0, null]);
  });

  test('exits with 1 and names the variable of a port that is in use', async () => {
    const port = await usedPort();
    await expect(ran('emulator', { EMULATOR_PORT: port })).rejects.toMatchObject({
      code: 1,
      stderr: `127.0.0.1:${port} is already in use. Stop the process that uses it, or set EMULATOR_PORT to another port.\n`,
    });
  });

  test('exits with 1 and explains that Kubernetes has set its port', async () => {
    await expect(ran('emulator', { EMULATOR_PORT: 'tcp://10.96.0.12:4001' })).rejects.toMatchObject({
      code: 1,
      stderr:
        'EMULATOR_PORT is "tcp://10.96.0.12:4001", which Kubernetes sets for a Service named "emulator". Rename the Service, set enableServiceLinks: false for the pod, or set EMULATOR_PORT yourself. Allowed: a whole number from 0 to 65535.\n',
    });
  });

  test('warns of a variable that is spelt nearly like a setting', async () => {
    const port = await usedPort();
    await expect(ran('emulator', { EMULATOR_PORT: port, EMULATOR_PROT: '1' })).rejects.toMatchObject({
      stderr: expect.stringMatching(/^EMULATOR_PROT is not a setting of the gateway. Did you mean EMULATOR_PORT\?\n/),
    });
  });
});

describe('print-schema', () => {
  test('prints the SDL that a supergraph gets', async () => {
    const { stdout } = await ran('print-schema');
    const schema = buildSchema(stdout);
    expect(schema.getMutationType()?.getFields()).toHaveProperty('exportConsistencyResults');
    expect(stdout).toMatch(/^extend schema @link\(url: "https:\/\/specs\.apollo\.dev\/federation\//);
    expect(stdout).not.toContain('registerServer');
  });

  test('prints hidden parts if they are exposed', async () => {
    const { stdout } = await ran('print-schema', { SMS_EXPOSE: 'agent' });
    expect(buildSchema(stdout).getMutationType()?.getFields()).toHaveProperty('registerServer');
  });
});

describe('check-config', () => {
  test('says that the settings are valid, and which SMS they point at', async () => {
    const { stdout } = await ran('check-config', { SMS_ENDPOINT: 'https://sms.example.com', CORS_ORIGIN: 'x' }, [
      '--offline',
    ]);
    expect(stdout).toBe(
      'The settings are valid.\nWarning: CORS_ORIGIN is not a setting of the gateway. Did you mean CORS_ORIGINS?\nSMS: https://sms.example.com  (SMS_AUTH=forward)\n',
    );
  });

  test('exits with 1 if a file that a setting names cannot be read', async () => {
    const env = { SMS_ENDPOINT: 'https://sms.example.com', SMS_CA_FILE: '/nowhere.pem' };
    await expect(ran('check-config', env)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'SMS_CA_FILE names a file that cannot be read (ENOENT).\n',
    });
  });
});

describe('--env-file', () => {
  function envFile(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'env-file-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, '.env'), text);
    return join(folder, '.env');
  }

  test('reads settings from files: the last one wins, and the environment over all', async () => {
    const first = envFile('SMS_ENDPOINT=https://first.example.com\nSMS_AUTH=loud\nLOG_LEVEL=warn\n');
    const second = envFile('SMS_ENDPOINT=https://second.example.com\nLOG_LEVEL=loud\n');
    const { stdout } = await ran('check-config', { LOG_LEVEL: 'info', SMS_AUTH: 'forward' }, [
      '--env-file',
      first,
      '--env-file',
      second,
      '--offline',
    ]);
    expect(stdout).toContain('SMS: https://second.example.com  (SMS_AUTH=forward)\n');
  });

  test('applies to every worker', async () => {
    const file = envFile(`WORKERS=2\nSMS_ENDPOINT=http://127.0.0.1:1\n`);
    const { lines, process } = await started('start', { lines: 2, args: ['--env-file', file] });
    const response = await fetch(`${lines[0]?.split(/\s+/)[1]}`.replace('graphql', 'health'));
    expect([lines[1], response.status]).toEqual(['SMS:        http://127.0.0.1:1  (SMS_AUTH=forward)', 200]);
    expect(await ended(process, 'SIGTERM')).toEqual([0, null]);
  });

  test('needs a file that exists', async () => {
    await expect(ran('check-config', {}, ['--env-file', '/nowhere/.env'])).rejects.toMatchObject({
      stdout: '',
      // Node 24 reads the option before the program does.
      stderr: expect.stringMatching(
        /^(?:\S+: \/nowhere\/\.env: not found|--env-file names .* cannot be read \(ENOENT\)\.)\n$/,
      ),
    });
  });

  test('needs the name of a file', async () => {
    await expect(ran('check-config', {}, ['--env-file'])).rejects.toMatchObject({
      code: 1,
      stderr: '--env-file needs the name of a file.\n',
    });
  });
});

test.each(['--help', '-h', 'help'])('%s prints the commands and options that docs/cli.md shows', async (argument) => {
  const docs = readFileSync(new URL('../docs/cli.md', import.meta.url), 'utf8');
  const { stdout } = await ran(argument);
  expect(docs).toContain(`\`\`\`\n${stdout}\`\`\`\n`);
});

test.each(['--version', '-v', 'version'])('%s prints the version of the package', async (argument) => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect((await ran(argument)).stdout).toBe(`${version}\n`);
});

test.each([
  ['start', '--port', '"--port"'],
  ['start', '--port=4000', '"--port"'],
  ['start', 'start', '"start"'],
  ['demo', '4000', '"4000"'],
  ['emulator', '--key=hidden', '"--key"'],
  ['start', 'hidden hidden', '[redacted]'],
])('an argument after a command is rejected with exit code 1: %s %s', async (command, argument, printed) => {
  await expect(ran(command, {}, [argument])).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: `Unknown argument ${printed}. The only arguments are a command, --env-file, --offline after check-config, --help and --version. Settings are environment variables: see docs/configuration.md.\n`,
  });
});

test.each(['nonsense', 'constructor'])('the unknown command %s is rejected with exit code 1', async (command) => {
  await expect(ran(command)).rejects.toMatchObject({
    code: 1,
    stderr: `Unknown command "${command}". Commands: start, demo, emulator, console, print-schema, check-config, help, version.\n`,
  });
});

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;

/** Nothing of the environment of the tests but the path of programs. */
function environment(env: Env): Env {
  return { PATH: process.env['PATH'] ?? '', ...FREE_PORTS, ...env };
}

function ran(command: string, env: Env = {}, others: readonly string[] = []) {
  return run(process.execPath, [MAIN, command, ...others], { env: environment(env) });
}

/** A port that is in use, as the value of a variable. */
async function usedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return String((server.address() as { port: number }).port);
}

/** A process, once it has printed the first lines. */
async function started(
  command: string,
  { lines: count, env = {}, args = [] }: { lines: number; env?: Env; args?: readonly string[] },
) {
  const child = spawn(process.execPath, [MAIN, command, ...args], {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) if (lines.push(line) === count) break;
  return { process: child, lines };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals) {
  const exit = once(child, 'exit');
  child.kill(signal);
  return exit;
}

/** Resolves when no new connection is accepted. */
async function untilClosed(url: string): Promise<void> {
  while (
    await fetch(new URL('/health', url), { headers: { connection: 'close' } }).then(
      () => true,
      () => false,
    )
  );
}
