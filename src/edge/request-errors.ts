import { GraphQLError } from 'graphql';

/** Most characters of a message, and most errors of one refused request. */
const LONGEST_MESSAGE = 500;
export const MOST_ERRORS = 10;

/** The sentences of GraphQL that say what is wrong with a value, without the value. */
const COMPLAINTS =
  /Field "\w+" (?:is not defined by type "\w+"|of required type "[\w![\]]+" was not provided)|Expected (?:non-nullable )?type "[\w![\]]+"(?: not to be null| to be an object)?|Value "[^"]*" does not exist in "\w+" enum|(?:Enum "\w+"|\b\w+) cannot represent/g;

/**
 * An error of GraphQL's own as it may go out: without the values that it repeats, since one of them may be a password
 * beside a misspelt field, and without "Did you mean" where the schema is not to be guessed.
 */
export function withoutValues(error: GraphQLError, suggests: boolean): GraphQLError {
  const [, said = '', suggestion = ''] = /^([\s\S]*?)( Did you mean [^?]*\?)?$/.exec(error.message) ?? [];
  const message = short(valueless(said)) + (suggests ? short(suggestion) : '');
  if (message === error.message) return error;
  const { nodes, source, positions, path, extensions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions,
  });
}

function valueless(message: string): string {
  const variable = /^Variable "\$\w+" got /.exec(message)?.[0];
  if (variable === undefined) return complaintWithoutValue(message);
  const place = [...message.matchAll(/ at "([\w.[\]]+)"; /g)].at(-1)?.[1];
  const complaint = [...message.matchAll(COMPLAINTS)].at(-1)?.[0];
  return `${variable}an invalid value${place ? ` at "${place}"` : ''}${complaint ? `: ${complaintWithoutValue(complaint)}.` : '.'}`;
}

function complaintWithoutValue(message: string): string {
  return message
    .replace(/^(Expected value of type "[^"]+"), found [\s\S]*$/, '$1.')
    .replace(/ cannot represent[\s\S]*$/, ' cannot represent this value')
    .replace(/^Value "[^"]*" does not exist/, 'This value does not exist')
    .replace(/\b((?:Block)?String) "[\s\S]*"/, '$1');
}

function short(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}
