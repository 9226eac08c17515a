import { SettingsError } from '../config/settings.ts';
import { standardError } from '../logging/output.ts';

/** A worker ended before it listened. The message is what it reported. */
export class WorkerFailedError extends Error {
  override readonly name = 'WorkerFailedError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What is printed if the process cannot start or go on. Only a bug of its own needs a stack. */
export function failureText(error: unknown): string {
  const isExplained = error instanceof SettingsError || error instanceof WorkerFailedError;
  return isExplained ? error.message : ((error as Error).stack ?? String(error));
}

/** Prints why the process ends, and ends it. */
export function exitWith(error: unknown): never {
  standardError.write(`${failureText(error)}\n`);
  process.exit(error instanceof WorkerFailedError ? error.exitCode : 1);
}
