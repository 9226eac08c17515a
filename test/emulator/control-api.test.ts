import { expect, test } from 'vitest';
import { controlHandler } from '../../src/emulator/http/control-api.ts';
import { Faults } from '../../src/emulator/http/faults.ts';
import { anEmulator } from './support/harness.ts';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['192.0.2.1', false],
  ['::ffff:192.0.2.1', false],
  ['2001:db8::1', false],
  [undefined, false],
])('the control API serves the peer %s: %s', async (peer, isServed) => {
  const { state } = await anEmulator();
  const target = '/emulator/faults';
  const request = { method: 'DELETE', target, path: target, headers: {}, body: Buffer.alloc(0) };
  expect(controlHandler(request, peer, state, new Faults()) !== null).toBe(isServed);
});
