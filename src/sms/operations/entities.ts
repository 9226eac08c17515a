/**
 * SMS shows an object in several forms: in full, as a row of a list, or embedded in another object. Each entity has a reader
 * that fetches, in one of three ways, the fields that the object at hand lacks:
 *
 *   field marked   calls                                              cost
 *   @detail        GET /v3/tasks/{id}                                 one call per id
 *   @listed        pages of GET /v3/tasks, or the row with this id    whichever is fewer calls
 *   neither        pages of GET /v3/tasks, or GET /v3/tasks/{id}      whichever is fewer calls
 *
 * Pages are read only for more than MAX_SINGLE_READS ids, which a DataLoader collects from one wave of resolvers. The client
 * caches every read until the next write. `markView` records the form of an object, so that nothing is fetched that SMS has
 * already left out of that form.
 */
import DataLoader from 'dataloader';
import { mapInTurns } from '../../time/event-loop-turns.ts';
import type { SmsClient } from '../client.ts';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { fitsPath, path } from '../http/path.ts';
import { type EntityName, nullIfNotFound } from './not-found.ts';
import { readPages } from './pages.ts';

/** An object as SMS sent it, in any form, or only its id. */
export type Entity = Readonly<Record<string, unknown>> & { readonly id?: string | null };

/** In which form SMS includes a field: in every one, only in full, or only in a list. */
export type View = 'any' | 'detail' | 'listed';

export interface EntityReader {
  /** The object in full. Null if it does not exist. */
  detail(id: string): Promise<Entity | null>;
  /** The object in full or as a row. Null if it does not exist, or if no object can have this id. */
  summary(id: unknown): Promise<Entity | null>;
  /** A field, by its wire name, of the object at hand. Fetched if the object lacks it. */
  readField(entity: Entity, name: string, view: View): unknown;
  /** The same for a field whose value is right only in this view. */
  readFromView(entity: Entity, name: string, view: 'detail' | 'listed'): unknown;
  /** A field that the object at hand lacks. Null if SMS has left it out of the view that should have it. */
  fetchField(entity: Entity, name: string, view: View): unknown;
}

export type Entities = Readonly<Record<EntityName, EntityReader>>;

interface EntityPaths {
  detail(id: string): string;
  /** For a response that wraps the object. */
  unwrap?(response: Entity): unknown;
  list: string;
  /** The name of the rows in the response of the list. */
  items: string;
  maxPageSize: number;
}

const PATHS: Record<EntityName, EntityPaths> = {
  MigrationTask: { detail: (id) => path`/v3/tasks/${id}`, list: '/v3/tasks', items: 'tasks', maxPageSize: 200 },
  SourceServer: {
    detail: (id) => path`/v3/sources/${id}`,
    list: '/v3/sources',
    items: 'source_servers',
    maxPageSize: 200,
  },
  MigrationProject: {
    detail: (id) => path`/v3/migprojects/${id}`,
    list: '/v3/migprojects',
    items: 'migprojects',
    maxPageSize: 100,
  },
  ServerTemplate: {
    detail: (id) => path`/v3/vm/templates/${id}`,
    unwrap: (response) => response['template'] ?? response,
    list: '/v3/vm/templates',
    items: 'templates',
    maxPageSize: 100,
  },
};

/** For more distinct ids at once, pages of the list may take fewer calls. */
const MAX_SINGLE_READS = 4;

const VIEW = Symbol('view');
type Marked = Entity & { readonly [VIEW]?: View };
/** A symbol is not in the JSON of an object, and not in copies. A WeakMap would cost a tenth of the time for a page of rows. */
const MARKS: Record<'detail' | 'listed', PropertyDescriptor> = {
  detail: { value: 'detail', configurable: true, enumerable: false, writable: false },
  listed: { value: 'listed', configurable: true, enumerable: false, writable: false },
};

/** Records that SMS sent an object in this view. */
export function markView(entity: unknown, view: 'detail' | 'listed'): void {
  if (isEntity(entity)) Object.defineProperty(entity, VIEW, MARKS[view]);
}

function viewOf(entity: Marked): View | undefined {
  return entity[VIEW];
}

/** Whether an object came inside another one, or is only an id. */
export function isEmbedded(entity: Entity): boolean {
  return viewOf(entity) === undefined;
}

function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null;
}

/** The readers of one request, each created when it is first used. */
export class RequestEntities implements Entities {
  readonly #sms: SmsClient;
  readonly #readers: Partial<Record<EntityName, EntityReader>> = {};

  constructor(sms: SmsClient) {
    this.#sms = sms;
  }

  get MigrationTask(): EntityReader {
    return this.#reader('MigrationTask');
  }

  get SourceServer(): EntityReader {
    return this.#reader('SourceServer');
  }

  get MigrationProject(): EntityReader {
    return this.#reader('MigrationProject');
  }

  get ServerTemplate(): EntityReader {
    return this.#reader('ServerTemplate');
  }

  #reader(name: EntityName): EntityReader {
    this.#readers[name] ??= createReader(this.#sms, name);
    return this.#readers[name];
  }
}

function createReader(sms: SmsClient, name: EntityName): EntityReader {
  const paths = PATHS[name];
  const cacheKey = (id: string) => `${name} ${id}`;

  const detail = (id: string): Promise<Entity | null> =>
    sms.cached(cacheKey(id), () =>
      nullIfNotFound(name, async () => {
        const response = await sms.get<Entity>(paths.detail(id));
        const unwrapped = paths.unwrap ? paths.unwrap(response) : response;
        if (!isEntity(unwrapped))
          throw invalidResponse('SMS responded with something other than an object. Try later.');
        assertSameEntity(unwrapped, id);
        const entity = unwrapped.id ? unwrapped : { ...unwrapped, id };
        markView(entity, 'detail');
        return entity;
      }),
    );

  const row = async (id: string): Promise<Entity | null> => {
    const { items } = await sms.list<Entity>(paths.list, paths.items, { id, limit: 1 });
    const [found] = items.filter(isEntity);
    if (found) assertSameEntity(found, id);
    return found ?? null;
  };

  const summaries = loader((ids) => {
    const unread = ids.filter((id) => !sms.isCached(cacheKey(id)));
    return rowsOf(sms, paths, unread).catch(ignoreRejection);
  }, detail);
  const rows = loader((ids) => rowsOf(sms, paths, ids), row);

  const fetchField = (entity: Entity, field: string, view: View): unknown => {
    const { id } = entity;
    const ownView = viewOf(entity);
    const isLeftOut = ownView === view || (ownView !== undefined && view === 'any');
    if (typeof id !== 'string' || id === '' || isLeftOut) return null;
    const whole = view === 'detail' ? detail(id) : view === 'listed' ? rows.load(id) : summaries.load(id);
    return whole.then((found) => found?.[field] ?? null);
  };

  return {
    detail,
    summary: async (id) => (fitsPath(id) ? summaries.load(id) : null),
    readField: (entity, field, view) =>
      Object.hasOwn(entity, field) ? entity[field] : fetchField(entity, field, view),
    readFromView: (entity, field, view) => (viewOf(entity) === view ? entity[field] : fetchField(entity, field, view)),
    fetchField,
  };
}

/** Reads what `readMany` finds of the ids that one wave of resolvers requests, and the others one by one. */
function loader(
  readMany: (ids: string[]) => Promise<Map<string, Entity>>,
  readOne: (id: string) => Promise<Entity | null>,
): DataLoader<string, Entity | null> {
  return new DataLoader(
    async (ids) => {
      const found = await readMany([...new Set(ids)]);
      return Promise.all(await mapInTurns(ids, (id) => found.get(id) ?? readOne(id).catch((error: Error) => error)));
    },
    { cache: false },
  );
}

/** The rows of a list that a request has read so far. */
interface SeenRows {
  readonly byId: Map<string, Entity>;
  /** Resolves when no pages are being read. */
  idle: Promise<unknown>;
}

/**
 * Rows with these ids: those that the request has seen already, and those of further pages, as long as reading pages takes
 * fewer calls than reading the missing ids one by one. Waits for pages that are being read, which may have them.
 */
async function rowsOf(sms: SmsClient, paths: EntityPaths, ids: readonly string[]): Promise<Map<string, Entity>> {
  const seen = await sms.cached(
    `rows of ${paths.list}`,
    async (): Promise<SeenRows> => ({ byId: new Map(), idle: Promise.resolve() }),
  );
  const rows = seen.idle.then(async () => {
    const missing = new Set(ids.filter((id) => !seen.byId.has(id)));
    if (missing.size > MAX_SINGLE_READS) await readMissing(sms, paths, missing, seen.byId);
    return new Map(ids.flatMap((id) => (seen.byId.has(id) ? [[id, seen.byId.get(id) as Entity]] : [])));
  });
  seen.idle = rows.catch(() => {});
  return rows;
}

async function readMissing(sms: SmsClient, paths: EntityPaths, missing: Set<string>, seen: Map<string, Entity>) {
  const maxPages = missing.size;
  const list = { path: paths.list, items: paths.items, limit: paths.maxPageSize };
  let pages = 0;
  let newPages = 0;
  await readPages<Entity>(sms, list, ({ count, items }) => {
    const before = seen.size;
    for (const item of items.filter(isEntity)) {
      markView(item, 'listed');
      if (!item.id) continue;
      seen.set(item.id, item);
      missing.delete(item.id);
    }
    pages += 1;
    // The client has cached it.
    if (seen.size === before) return missing.size > 0;
    newPages += 1;
    const pagesLeft = Math.max(1, Math.ceil((count ?? 0) / paths.maxPageSize) - pages);
    return pagesLeft < missing.size && newPages < maxPages;
  });
}

/** A caller without the right to read the list may still have the right to read single objects. */
function ignoreRejection(error: unknown): Map<string, Entity> {
  if (error instanceof RequestRejectedError && !['unauthenticated', 'throttled'].includes(error.kind)) return new Map();
  throw error;
}

/**
 * Throws `SmsUnavailableError` if a response has another id than was requested. A late or duplicate response on a kept-alive
 * connection is taken for that of the next call; HTTP/1.1 cannot tell them apart.
 */
export function assertSameEntity(response: Entity, id: string): void {
  const { id: actual } = response as { id?: unknown };
  if (actual === undefined || actual === null || actual === '' || String(actual) === id) return;
  throw invalidResponse('SMS returned a different object than requested. Try later.');
}

/** The id of a new object. Throws `SmsUnavailableError` OUTCOME_UNKNOWN if the response has none. */
export function createdReference({ id }: Entity): { id: string } {
  if (typeof id === 'string' && id !== '') return { id };
  throw invalidResponse(
    'SMS accepted the call but returned no id for the new object. Check the list before you repeat the call.',
    'OUTCOME_UNKNOWN',
  );
}

function invalidResponse(message: string, code = 'INVALID_ANSWER'): SmsUnavailableError {
  return new SmsUnavailableError('INVALID_ANSWER', message, { code });
}
