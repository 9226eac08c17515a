/** State that several processes share. While the store is unreachable, each process works alone. */

/** `none`: no store is configured. */
export type StoreStatus = 'none' | 'connected' | 'unreachable';

export interface SharedStore {
  readonly status: StoreStatus;
  /**
   * Runs a Lua script atomically. Its keys are the `parts` of the thing that `name` identifies. The store never sees the name,
   * only a salted hash of it that is the same in all processes. Null if the store does not respond in time.
   */
  run(script: string, name: string, parts: readonly string[], values: readonly (string | number)[]): Promise<unknown>;
  /** A salted hash, comparable between processes. Null if the store was never reached. */
  hash(value: string): string | null;
  close(): Promise<void>;
}

/** For a process that works alone. */
export const NO_STORE: SharedStore = {
  status: 'none',
  run: async () => null,
  hash: () => null,
  close: async () => {},
};
