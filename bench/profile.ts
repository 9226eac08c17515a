/**
 * Where the gateway's time goes in one workload: the functions with the most time of their own, and the same by file.
 * Time in writes to sockets includes that of the processes that the kernel lets run meanwhile.
 * `node profile.ts [W1|W2|W3] [seconds]`
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gateway, script } from './children.ts';
import { timedLoad } from './load.ts';
import { print } from './report.ts';
import { WORKLOADS } from './workloads.ts';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const ROWS = 40;
/** Until most of the code is compiled. */
const WARM_UP_MS = 5_000;
const [name = 'W1', seconds = '5'] = process.argv.slice(2);
const workload = WORKLOADS[name];
if (workload === undefined) throw new Error(`There is no workload ${name}.`);

const folder = mkdtempSync(join(tmpdir(), 'profile-'));
const file = join(folder, 'profile.json');
const sms = await script('sms.ts');
const { url, pid, stop } = await gateway(sms.url, {
  SMS_AUTH: 'forward',
  LOG_LEVEL: 'info',
  NODE_OPTIONS: `--import=${new URL('profiler.ts', import.meta.url)}`,
  PROFILE_FILE: file,
});
const load = (milliseconds: number) => timedLoad(`${url}/graphql`, workload.graphql, 64, milliseconds);
await load(WARM_UP_MS);
process.kill(pid, 'SIGUSR2');
const { good } = await load(Number(seconds) * 1000);
process.kill(pid, 'SIGUSR2');
while (!existsSync(file) || statSync(file).size === 0) await new Promise((resolve) => setTimeout(resolve, 200));
await stop();
await sms.stop();
const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile;
rmSync(folder, { recursive: true });

const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
const byFunction = new Map<string, number>();
const byFile = new Map<string, number>();
for (const [index, id] of profile.samples.entries()) {
  const { functionName, url: file, lineNumber } = frames.get(id) ?? { functionName: '', url: '', lineNumber: 0 };
  if (functionName === '(idle)') continue;
  const short = file.replace(/^.*\/(node_modules|src)\//, '$1/') || 'node';
  const time = profile.timeDeltas[index] ?? 0;
  add(byFunction, `${functionName || '(anonymous)'} ${short}:${lineNumber + 1}`, time);
  add(byFile, short, time);
}
print(`${name}: microseconds of ${good} requests each\n`);
for (const times of [byFile, byFunction]) {
  for (const [key, time] of [...times].sort(([, one], [, other]) => other - one).slice(0, ROWS))
    print(`${(time / good).toFixed(1).padStart(8)}  ${key}`);
  print('');
}

function add(times: Map<string, number>, key: string, time: number): void {
  times.set(key, (times.get(key) ?? 0) + time);
}
