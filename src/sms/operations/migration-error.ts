import { asText, errorInBody } from '../errors/error-body.ts';
import { canonicalCode } from '../errors/error-kind.ts';
import table from './migration-errors.json' with { type: 'json' };

/** Why a task, a source server or a check failed. */
export interface MigrationError {
  /** Null if SMS's text names none. */
  code: string | null;
  params: string[];
  /** The gateway's sentence for the code, else SMS's own text. Null if there is neither. */
  message: string | null;
}

/** The languages of the messages. */
export type MessageLanguage = 'en' | 'zh';

type Sentence = Readonly<Record<MessageLanguage, string>>;

const CODES = new Map<string, Sentence & { next: string }>(Object.entries(table.codes));
const NEXT_STEPS = new Map<string, Sentence>(Object.entries(table.nextSteps));

/** The error in an `error_json`: a JSON text, whose parameters are a JSON text again. Null if it reports none. */
export function errorInText(errorJson: unknown, language: MessageLanguage): MigrationError | null {
  const text = asText(errorJson)?.trim() ?? '';
  if (/^(\{\s*\}|null)?$/.test(text)) return null;
  const body = errorInBody(text);
  if (body?.code) return errorOf(body.code, body.source['error_param'], body.message, language);
  // SMS limits the length of the text, which may cut it off behind the code.
  const code = /"error_code"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  return code === undefined
    ? { code: null, params: [], message: body?.message ?? text }
    : errorOf(code, null, null, language);
}

/** The error with this code. Null without a code. `params` is a list, or a text that may hold one as JSON. */
export function errorWithCode(code: unknown, params: unknown, language: MessageLanguage): MigrationError | null {
  const text = asText(code)?.trim();
  return text ? errorOf(text, params, null, language) : null;
}

function errorOf(code: string, params: unknown, smsMessage: string | null, language: MessageLanguage): MigrationError {
  const canonical = canonicalCode(code);
  return { code: canonical, params: paramsIn(params), message: messageFor(canonical, language) ?? smsMessage };
}

function messageFor(code: string, language: MessageLanguage): string | null {
  const sentence = CODES.get(code);
  const next = NEXT_STEPS.get(sentence?.next ?? '');
  if (!sentence || !next) return null;
  return [sentence[language], next[language]].join(language === 'en' ? ' ' : '');
}

function paramsIn(params: unknown): string[] {
  const list = Array.isArray(params) ? params : listIn(asText(params)?.trim() ?? '');
  return list.flatMap((param) => asText(param) ?? (param === null ? [] : JSON.stringify(param, bigintToString)));
}

function listIn(text: string): unknown[] {
  if (text === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [text];
  } catch {
    return [text];
  }
}

function bigintToString(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
