import { array, assert, asyncProperty, constantFrom, integer, jsonValue, string } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseJson } from '../src/text/json.ts';
import { parseJsonInTurns } from '../src/text/long-json.ts';
import { pauseAtEachCheck, roundsOf } from './support/rounds.ts';

const LONG = 'x'.repeat(40_000);
/** A megabyte or more. */
const rows = (count: number, more = '') =>
  `{"count":${count},"tasks":[${Array.from({ length: count }, (_, id) => `{"id":"t-${id}","name":"move-${id}","size":${id}}`).join()}]${more}}`;

test('JSON that is parsed in turns has the same value', async () => {
  const anyText = jsonValue().map((value) => JSON.stringify(value));
  const anyPiece = integer({ min: 1, max: 20 });
  await assert(
    asyncProperty(anyText, anyPiece, async (text, piece) => {
      expect(await parseJsonInTurns(text, { pieceLength: piece })).toStrictEqual(parseJson(text));
      const spread = JSON.stringify(JSON.parse(text), null, 2);
      expect(await parseJsonInTurns(` ${spread}\n`, { pieceLength: piece })).toStrictEqual(parseJson(text));
    }),
  );
});

test('invalid JSON is also rejected when it is parsed in turns', async () => {
  const anyPart = constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', ' ', '1', 'true', '"a"', '[1]', '{"a":1}');
  await assert(
    asyncProperty(
      array(anyPart, { maxLength: 12 }),
      string(),
      integer({ min: 1, max: 4 }),
      async (parts, text, piece) => {
        for (const source of [parts.join(''), text])
          expect(await outcome(() => parseJsonInTurns(source, { pieceLength: piece }))).toStrictEqual(
            await outcome(() => parseJson(source)),
          );
      },
    ),
  );
});

async function outcome(parse: () => unknown): Promise<unknown> {
  try {
    return { value: await parse() };
  } catch (error) {
    return { isSyntaxError: error instanceof SyntaxError };
  }
}

describe('long JSON', () => {
  it('keeps every digit of its numbers', async () => {
    const value = (await parseJsonInTurns(rows(20_000, ',"total":12345678901234567890'))) as Record<string, unknown>;
    expect(value['total']).toBe(12_345_678_901_234_567_890n);
  });

  it('may have keys such as __proto__', async () => {
    const text = `{"__proto__":{"a":"${LONG}"},"constructor":"${LONG}"}`;
    expect(await parseJsonInTurns(text)).toStrictEqual(JSON.parse(text));
  });

  it('has the last value of a repeated key', async () => {
    expect(await parseJsonInTurns(`{"a":"${LONG}","a":1,"b":"${LONG}","a":2}`)).toStrictEqual({ a: 2, b: LONG });
  });

  it('is rejected if it is nested too deeply', async () => {
    await expect(parseJsonInTurns('['.repeat(1_000_000))).rejects.toThrow(SyntaxError);
  });

  it('is split within a long string, but not within an escape sequence', async () => {
    const escapes = constantFrom('a', '"', '\\', '\n', '\u0000', '€', '😀');
    await assert(
      asyncProperty(
        array(escapes, { minLength: 20, maxLength: 60 }),
        integer({ min: 1, max: 20 }),
        async (parts, piece) => {
          const text = JSON.stringify([parts.join(''), { [parts.join('')]: 1 }]);
          for (const source of [
            text,
            text.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
          ])
            expect(await parseJsonInTurns(source, { pieceLength: piece })).toStrictEqual(JSON.parse(source));
        },
      ),
    );
    await pauseAtEachCheck();
    const long = JSON.stringify('"\\'.repeat(200_000));
    expect(await roundsOf(() => parseJsonInTurns(long))).toBeGreaterThanOrEqual(long.length / (32 * 1024) - 1);
  });

  it('yields to other work while it is parsed', async () => {
    const order: string[] = [];
    const parsed = parseJsonInTurns(rows(200_000)).then(() => order.push('parsed'));
    setImmediate(() => order.push('other work'));
    await parsed;
    expect(order).toEqual(['other work', 'parsed']);
  });
});
