/** Loaded into the gateway before its own code: SIGUSR2 starts a profile, and a second one writes it to `PROFILE_FILE`. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

const SAMPLING_INTERVAL_US = 200;

const session = new Session();
session.connect();
let isRunning = false;
process.on('SIGUSR2', async () => {
  isRunning = !isRunning;
  if (isRunning) {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
    await session.post('Profiler.start');
  } else {
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(process.env['PROFILE_FILE'] ?? '', JSON.stringify(profile));
  }
});
