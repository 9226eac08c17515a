import { GraphQLError } from 'graphql';

/** Most characters of a message, and most errors of one refused request. */
const MAX_MESSAGE_CHARACTERS = 500;
export const MAX_REJECTION_ERRORS = 10;
/** Most places in a document that one error names. */
const MAX_LOCATIONS = 10;
/** Characters at each end of a message. In between there is nothing but a value. */
const LOOKED_AT = 2_000;

const SUGGESTION = ' Did you mean ';

/** The sentences of GraphQL that say what is wrong with a value, without the value. */
const COMPLAINTS =
  /Field "\w+" (?:is not defined by type "\w+"|of required type "[\w![\]]+" was not provided)|Expected (?:non-nullable )?type "[\w![\]]+"(?: not to be null| to be an object)?|Value "[^"]*" does not exist in "\w+" enum|(?:Enum "\w+"|\b\w+) cannot represent/g;

/**
 * An error of GraphQL's own as it may go out: with a code, without the values that it repeats, since one of them may be a
 * password beside a misspelt field, and without "Did you mean" where the schema is not to be guessed.
 */
export function withoutValues(error: GraphQLError, suggests: boolean): GraphQLError {
  const whole = ends(error.message);
  const end = whole.lastIndexOf(SUGGESTION);
  const isSuggested = end !== -1 && whole.indexOf('?', end) === whole.length - 1;
  const [said, suggestion] = isSuggested ? [whole.slice(0, end), whole.slice(end)] : [whole, ''];
  const { nodes, source, positions, path, extensions } = error;
  return new GraphQLError(short(valueless(said)) + (suggests ? short(suggestion) : ''), {
    nodes: nodes?.slice(0, MAX_LOCATIONS) ?? null,
    source: source ?? null,
    positions: positions?.slice(0, MAX_LOCATIONS) ?? null,
    path: path ?? null,
    // Without a path it is about the request: nothing was executed.
    extensions: path ? extensions : { code: 'BAD_USER_INPUT', ...extensions },
  });
}

/** A message of any length is looked at only so far, lest a long value keep the process busy. */
function ends(message: string): string {
  if (message.length <= 2 * LOOKED_AT) return message;
  return message.slice(0, LOOKED_AT) + message.slice(-LOOKED_AT);
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
  return message.length <= MAX_MESSAGE_CHARACTERS ? message : `${message.slice(0, MAX_MESSAGE_CHARACTERS)}…`;
}
