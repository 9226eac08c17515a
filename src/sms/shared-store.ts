/** State that several processes share. It may be away at any time: then each process works alone. */

/** `none`: there is no store. `unreachable`: there is one, and it does not respond. */
export type StoreStatus = 'none' | 'connected' | 'unreachable';

export interface SharedStore {
  readonly status: StoreStatus;
  /**
   * Runs a Lua script in one step, on keys of what `name` identifies: one for each of the `parts`. The store is given
   * neither name, only a salted hash, which is the same in all processes. Null where the store does not respond in time.
   */
  run(script: string, name: string, parts: readonly string[], values: readonly (string | number)[]): Promise<unknown>;
  /** The hash of a value that is compared with that of another process. Null where the store was never reached. */
  hash(value: string): string | null;
  close(): Promise<void>;
}

/** A process that works alone. */
export const NO_STORE: SharedStore = {
  status: 'none',
  run: async () => null,
  hash: () => null,
  close: async () => {},
};
