import { expect, test } from 'vitest';
import { Slots } from '../src/sms/slots.ts';

const patient = new AbortController().signal;

test('gives as many as there are at once, and the next when one comes back, in the order they were asked for', async () => {
  const slots = new Slots(2);
  expect([slots.take(patient), slots.take(patient)]).toEqual([undefined, undefined]);
  const order: string[] = [];
  const later = ['first', 'second'].map((name) => slots.take(patient)?.then(() => order.push(name)));
  slots.leave();
  await later[0];
  expect(order).toEqual(['first']);
  slots.leave();
  await later[1];
  expect(order).toEqual(['first', 'second']);
});

test('lets one who waits go at once when the signal comes, and passes it over', async () => {
  const slots = new Slots(1);
  const leaving = new AbortController();
  slots.take(patient);
  const [left, stayed] = [slots.take(leaving.signal), slots.take(patient)];
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  await expect(slots.take(leaving.signal)).rejects.toThrow('gone');
  slots.leave();
  await stayed;
  slots.leave();
  expect(slots.take(patient)).toBe(undefined);
});
