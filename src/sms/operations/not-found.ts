import { RequestRejectedError } from '../errors/errors.ts';

export type EntityName = 'MigrationTask' | 'SourceServer' | 'MigrationProject' | 'ServerTemplate';

/**
 * SMS's codes for an object that does not exist, including those of 2022. The code of one kind of object says nothing about
 * another.
 */
const NOT_FOUND_CODES: Readonly<Record<EntityName, ReadonlySet<string>>> = {
  MigrationTask: new Set(['SMS.7703', 'SMS.7606', 'SMS.2252']),
  SourceServer: new Set(['SMS.7602', 'SMS.8109', 'SMS.2216']),
  MigrationProject: new Set(['SMS.7301']),
  ServerTemplate: new Set(['SMS.7101']),
};

/** Null if SMS says that the object does not exist. */
export async function nullIfNotFound<Value>(name: EntityName, read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RequestRejectedError && NOT_FOUND_CODES[name].has(error.code)) return null;
    throw error;
  }
}
