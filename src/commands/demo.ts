import { readConfig } from '../config/config.ts';
import { GRAPHQL_PATH } from '../gateway.ts';
import { print } from '../logging/output.ts';
import { example } from '../process/example.ts';
import { runGateway } from '../process/run-gateway.ts';
import { embeddedEmulator } from './embedded-emulator.ts';

/** Sends the first example over HTTP to a gateway and an emulator on free ports, and prints the result. */
export async function demo(): Promise<void> {
  const emulator = await embeddedEmulator();
  const { url, stop } = await runGateway(readConfig({ PORT: '0', LOG_LEVEL: 'error' }), emulator);
  const response = await fetch(`${url}${GRAPHQL_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': emulator.token },
    body: JSON.stringify(example),
  });
  print(JSON.stringify(await response.json(), null, 2));
  await stop('fast');
}
