import { GraphQLError } from 'graphql';

const MAX_MESSAGE_CHARACTERS = 500;
/** Errors of one rejected request. */
export const MAX_REJECTION_ERRORS = 10;
/** Locations in the document that one error names. */
const MAX_LOCATIONS = 10;
/** Characters at each end of a message that are searched. The middle of a longer one is a value. */
const SEARCHED_CHARACTERS = 2_000;

const SUGGESTION = ' Did you mean ';

/** The sentences by which graphql-js says what is wrong with a value. */
const PROBLEMS =
  /Field "\w+" (?:is not defined by type "\w+"|of required type "[\w![\]]+" was not provided)|Expected (?:non-nullable )?type "[\w![\]]+"(?: not to be null| to be an object)?|Value "[^"]*" does not exist in "\w+" enum|(?:Enum "\w+"|\b\w+) cannot represent/g;

/**
 * The public form of an error of graphql-js: with a code, and without the values that it repeats, because one of them may be a
 * password next to a misspelt field. `suggests`: whether "Did you mean" may reveal names in the schema.
 */
export function redactValues(error: GraphQLError, suggests: boolean): GraphQLError {
  const text = searchedPart(error.message);
  const start = text.lastIndexOf(SUGGESTION);
  const hasSuggestion = start !== -1 && text.indexOf('?', start) === text.length - 1;
  const [message, suggestion] = hasSuggestion ? [text.slice(0, start), text.slice(start)] : [text, ''];
  const { nodes, source, positions, path, extensions } = error;
  return new GraphQLError(shorten(redactMessage(message)) + (suggests ? shorten(suggestion) : ''), {
    nodes: nodes?.slice(0, MAX_LOCATIONS) ?? null,
    source: source ?? null,
    positions: positions?.slice(0, MAX_LOCATIONS) ?? null,
    path: path ?? null,
    // An error without a path is about the request, and nothing was executed.
    extensions: path ? extensions : { code: 'BAD_USER_INPUT', ...extensions },
  });
}

/** The two ends of a message, so that the search in a long value does not block the process. */
function searchedPart(message: string): string {
  if (message.length <= 2 * SEARCHED_CHARACTERS) return message;
  return message.slice(0, SEARCHED_CHARACTERS) + message.slice(-SEARCHED_CHARACTERS);
}

function redactMessage(message: string): string {
  const variable = /^Variable "\$\w+" got /.exec(message)?.[0];
  if (variable === undefined) return redactProblem(message);
  const path = [...message.matchAll(/ at "([\w.[\]]+)"; /g)].at(-1)?.[1];
  const problem = [...message.matchAll(PROBLEMS)].at(-1)?.[0];
  return `${variable}an invalid value${path ? ` at "${path}"` : ''}${problem ? `: ${redactProblem(problem)}.` : '.'}`;
}

function redactProblem(message: string): string {
  return message
    .replace(/^(Expected value of type "[^"]+"), found [\s\S]*$/, '$1.')
    .replace(/ cannot represent[\s\S]*$/, ' cannot represent this value')
    .replace(/^Value "[^"]*" does not exist/, 'This value does not exist')
    .replace(/\b((?:Block)?String) "[\s\S]*"/, '$1');
}

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_CHARACTERS ? message : `${message.slice(0, MAX_MESSAGE_CHARACTERS)}…`;
}
