import DataLoader from 'dataloader';
import type { SmsClient } from '../client.ts';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { fitsPath, path } from '../http/path.ts';
import { mapInTurns } from '../turns.ts';
import { type EntityName, orNull } from './absence.ts';
import { readPages } from './pages.ts';

/** An object as SMS sent it, or a part of one: at least its id. */
export type Entity = Readonly<Record<string, unknown>> & { readonly id?: string | null };

/** Where SMS gives a field: everywhere, only for one object, or only in a list. */
export type View = 'any' | 'detail' | 'listed';

/** Reads what an object at hand lacks, each thing at most once a request. */
export interface EntityReader {
  /** The object in full, or null for an unknown id. One call for each distinct id. */
  detail(id: string): Promise<Entity | null>;
  /** The object, from a list where that takes fewer calls, or null for an unknown id, and for what can be none. */
  summary(id: unknown): Promise<Entity | null>;
  /** A field by its wire name: of the object at hand, or else of what SMS says of it. */
  readField(entity: Entity, name: string, view: View): unknown;
  /** The same, but not of the object at hand, unless SMS gave that object in this very view. */
  readFromView(entity: Entity, name: string, view: 'detail' | 'listed'): unknown;
  /** A field that the object at hand lacks. Null if SMS gave that object in the view where the field would be. */
  fetchField(entity: Entity, name: string, view: View): unknown;
}

export type Entities = Readonly<Record<EntityName, EntityReader>>;

interface EntityPlace {
  detail(id: string): string;
  /** The answer in full may be wrapped, and may lack the id. */
  unwrap?(answer: Entity): unknown;
  list: string;
  items: string;
  /** The most that SMS gives in one page. */
  pageSize: number;
}

const places: Record<EntityName, EntityPlace> = {
  MigrationTask: { detail: (id) => path`/v3/tasks/${id}`, list: '/v3/tasks', items: 'tasks', pageSize: 200 },
  SourceServer: {
    detail: (id) => path`/v3/sources/${id}`,
    list: '/v3/sources',
    items: 'source_servers',
    pageSize: 200,
  },
  MigrationProject: {
    detail: (id) => path`/v3/migprojects/${id}`,
    list: '/v3/migprojects',
    items: 'migprojects',
    pageSize: 100,
  },
  ServerTemplate: {
    detail: (id) => path`/v3/vm/templates/${id}`,
    unwrap: (answer) => answer['template'] ?? answer,
    list: '/v3/vm/templates',
    items: 'templates',
    pageSize: 100,
  },
};

/** Objects that SMS gave in that view: what they lack of it, it does not have. It keeps none alive. */
const seen = new WeakMap<Entity, View>();

/** Remembers in which view SMS gave an object, so that it is not looked up there again. */
export function markView(entity: unknown, view: 'detail' | 'listed'): void {
  if (isEntity(entity)) seen.set(entity, view);
}

/** Whether SMS gave an object inside another one, or only its id is at hand. */
export function isEmbedded(entity: Entity): boolean {
  return !seen.has(entity);
}

function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null;
}

/** Up to so many distinct ids are asked for one by one; for more, pages of the list may be the shorter way. */
const FEW = 4;

/** The readers of one request, each made when it is first used. */
export function entitiesOf(sms: SmsClient): Entities {
  const readers: Partial<Record<EntityName, EntityReader>> = {};
  const readerOf = (name: EntityName) => (readers[name] ??= reader(sms, name));
  return {
    get MigrationTask() {
      return readerOf('MigrationTask');
    },
    get SourceServer() {
      return readerOf('SourceServer');
    },
    get MigrationProject() {
      return readerOf('MigrationProject');
    },
    get ServerTemplate() {
      return readerOf('ServerTemplate');
    },
  };
}

function reader(sms: SmsClient, name: EntityName): EntityReader {
  const place = places[name];
  const details = new Map<string, Promise<Entity | null>>();
  let generation = sms.cacheGeneration();

  /** What was read before a write of the same request may have changed. */
  const forgetOld = () => {
    if (generation === sms.cacheGeneration()) return;
    details.clear();
    generation = sms.cacheGeneration();
  };

  const detail = (id: string): Promise<Entity | null> => {
    forgetOld();
    const known = details.get(id);
    if (known) return known;
    const asked = orNull(name, async () => {
      const answer = await sms.get<Entity>(place.detail(id));
      const unwrapped = place.unwrap ? place.unwrap(answer) : answer;
      if (!isEntity(unwrapped))
        throw new SmsUnavailableError('INVALID_ANSWER', 'SMS sent something else than an object. Try later.');
      assertSameEntity(unwrapped, id);
      const entity = unwrapped.id ? unwrapped : { ...unwrapped, id };
      markView(entity, 'detail');
      return entity;
    });
    details.set(id, asked);
    return asked;
  };

  const one = async (id: string): Promise<Entity | null> => {
    const { items } = await sms.list<Entity>(place.list, place.items, { id, limit: 1 });
    const [found] = items.filter(isEntity);
    if (found) assertSameEntity(found, id);
    return found ?? null;
  };

  // Both run after the resolvers of one wave, so they know what these have asked for, in full and in all.
  const briefs = new DataLoader<string, Entity | null>(
    async (ids) => {
      forgetOld();
      const distinct = [...new Set(ids)].filter((id) => !details.has(id));
      // A caller that may not list may still read one by one.
      const found = await findInList(sms, place, distinct).catch(unlessRefused);
      return Promise.all(await mapInTurns(ids, (id) => found.get(id) ?? detail(id).catch((error: Error) => error)));
    },
    { cache: false },
  );
  const rows = new DataLoader<string, Entity | null>(
    async (ids) => {
      const found = await findInList(sms, place, [...new Set(ids)]);
      return Promise.all(await mapInTurns(ids, (id) => found.get(id) ?? one(id).catch((error: Error) => error)));
    },
    { cache: false },
  );

  const fetchField = (entity: Entity, name: string, view: View): unknown => {
    const { id } = entity;
    const given = seen.get(entity);
    if (typeof id !== 'string' || id === '' || given === view || (given && view === 'any')) return null;
    const found = view === 'detail' ? detail(id) : view === 'listed' ? rows.load(id) : briefs.load(id);
    return found.then((whole) => whole?.[name] ?? null);
  };

  return {
    detail,
    summary: async (id) => (fitsPath(id) ? briefs.load(id) : null),
    readField: (entity, name, view) => (Object.hasOwn(entity, name) ? entity[name] : fetchField(entity, name, view)),
    readFromView: (entity, name, view) => (seen.get(entity) === view ? entity[name] : fetchField(entity, name, view)),
    fetchField,
  };
}

/** Those of the ids that are in the list, if they are many and reading it takes fewer calls than there are ids. */
async function findInList(sms: SmsClient, place: EntityPlace, ids: readonly string[]): Promise<Map<string, Entity>> {
  const found = new Map<string, Entity>();
  if (ids.length <= FEW) return found;
  const wanted = new Set(ids);
  const list = { path: place.list, items: place.items, limit: place.pageSize };
  let pages = 0;
  await readPages<Entity>(sms, list, ({ count, items }) => {
    pages += 1;
    for (const item of items.filter(isEntity)) {
      markView(item, 'listed');
      if (item.id && wanted.has(item.id)) found.set(item.id, item);
    }
    const missing = wanted.size - found.size;
    const otherPages = Math.max(1, Math.ceil((count ?? 0) / place.pageSize) - pages);
    return otherPages < missing && pages < wanted.size;
  });
  return found;
}

function unlessRefused(error: unknown): Map<string, Entity> {
  if (error instanceof RequestRejectedError && !['unauthenticated', 'throttled'].includes(error.kind)) return new Map();
  throw error;
}

/**
 * Throws `SmsUnreachable` where SMS was asked for one thing and names another. An answer that came late or twice on a kept
 * connection is taken for that to the next call, and HTTP/1.1 has nothing to tell them apart by.
 */
export function assertSameEntity(answer: Entity, id: string): void {
  const { id: named } = answer as { id?: unknown };
  if (named === undefined || named === null || named === '' || String(named) === id) return;
  throw new SmsUnavailableError('INVALID_ANSWER', 'SMS answered with another object than it was asked for. Try later.');
}

/** The id that SMS gives to what it has created. Throws `SmsUnreachable` OUTCOME_UNKNOWN when it gives none. */
export function createdReference({ id }: Entity): { id: string } {
  if (typeof id === 'string' && id !== '') return { id };
  throw new SmsUnavailableError(
    'INVALID_ANSWER',
    'SMS accepted the call, but named no id of what it created. Look in the list before you repeat the call.',
    { code: 'OUTCOME_UNKNOWN' },
  );
}
