/** What one request may still use of SMS. All of its calls share it, and what it throws ends them. */
export interface CallBudget {
  /** Nothing more is done for the request: its client has disconnected, or others need its memory at once. */
  readonly isAbandoned: boolean;
  /** The error of a call that was counted but not sent yet. Null if it may be sent. */
  readonly stopOfTakenCall: Error | null;
  /** Counts one call, or throws if the request may make no more. */
  takeCall(): void;
  /** Counts calls that start or cease to wait. */
  addQueuedCalls(change: 1 | -1): void;
  /** Whether the request may complete this many more values without checking the time. */
  takeUnpaced(values?: number): boolean;
  /** Counts bytes that SMS sends. Returns an error if they are too many. */
  takeRead(bytes: number): Error | null;
  /** Counts bytes that parsed responses take in addition to their text, or throws if they are too many. */
  holdParsed(bytes: number): void;
  /** Counts bytes of values that are derived from reads, less than 0 to release them. Throws if they are too many. */
  holdDerived(bytes: number): void;
  /** Empties a list once nothing reads it any more. */
  emptyAtEnd(list: unknown[]): void;
  /** The error to report for a failed call: that of the whole request if it ends all calls, else the call's own. */
  failed(error: unknown, onlyReads: boolean): unknown;
}
