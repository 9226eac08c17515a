/** Starts the subgraphs: the gateway to SMS, with its embedded emulator, and the inventory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startInventory } from './inventory.ts';
import type { RunningServer } from './listen.ts';
import type { Settings } from './settings.ts';

export interface Subgraphs {
  sms: RunningServer;
  inventory: RunningServer;
}

export async function startSubgraphs({ smsUrl, smsPort, inventoryPort }: Settings): Promise<Subgraphs> {
  const inventory = await startInventory(inventoryPort);
  const sms = smsUrl === null ? await startSmsGateway(smsPort) : { url: smsUrl, stop: async () => {} };
  return { sms, inventory };
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

async function startSmsGateway(port: number): Promise<RunningServer> {
  const child = spawn(process.execPath, [MAIN, 'start'], {
    env: { ...process.env, PORT: String(port), LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());
  const ended = once(child, 'exit');
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const urlIn = () => /^GraphQL: +(http\S+)/m.exec(text)?.[1];
  for (let url = urlIn(); ; url = urlIn()) {
    if (url !== undefined)
      return {
        url,
        async stop() {
          child.kill();
          await ended;
        },
      };
    await Promise.race([
      once(child.stdout, 'data'),
      ended.then(() => {
        throw new Error('The gateway to SMS did not start.');
      }),
    ]);
  }
}
