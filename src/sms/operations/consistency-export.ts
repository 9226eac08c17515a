import { ConcurrencyLimit } from '../call/concurrency-limit.ts';
import type { SmsClient } from '../client.ts';
import { familyOf } from '../errors/error-body.ts';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import type { DownloadedFile } from '../http/file-response.ts';
import { Verbatim } from '../wire.ts';

/** Source: API page ExportConsistencyResults, 2026-01-28. */
const MAX_TASKS_PER_CALL = 200;
const MAX_CONCURRENT_CALLS = 4;
/** Beyond it, no more files are requested or kept. All files of a response are in memory together. */
const MAX_FILE_BYTES = 32 * 1024 ** 2;
/** Calls that repeat halves of rejected calls, in one export. To find one task among 200 takes 16 of them, ten about 100. */
const MAX_EXTRA_CALLS = 256;
/** Consecutive rounds in which SMS rejected every call. After five of them, calls have been halved five times. */
const MAX_FRUITLESS_ROUNDS = 5;

/**
 * How the caller refers to a task, with wire names and without null, which SMS does not accept. A class, because V8 may create
 * literals among the old objects, where they and their texts outlive the request.
 */
export class TaskReference {
  readonly task_id: string | undefined;
  readonly source_id: string | undefined;
  readonly source_name: string | undefined;

  constructor(taskId?: string | null, sourceId?: string | null, sourceName?: string | null) {
    this.task_id = taskId ?? undefined;
    this.source_id = sourceId ?? undefined;
    this.source_name = sourceName ?? undefined;
  }
}

export interface RequestedTask extends TaskReference {
  /** Set only if it is true, so that exported tasks need no copy. */
  has_failed?: true;
}

export interface ConsistencyExport {
  files: DownloadedFile[];
  tasks: RequestedTask[];
  failed: { task: RequestedTask; error: RequestRejectedError | SmsUnavailableError }[];
  request_ids: string[];
}

/** Tasks that share a call, and the index of the first one in the input. */
interface Part {
  start: number;
  tasks: readonly TaskReference[];
}

interface Exported extends Part {
  file: DownloadedFile | null;
  requestId: string | null;
  error: RequestRejectedError | SmsUnavailableError | null;
}

/**
 * Exports the consistency results of any number of tasks, up to 200 per call. If SMS rejects a call because of one of its
 * tasks, the call is repeated for each half of them, and so on until that task is alone. The number of such extra calls is
 * bounded. The result names each task that failed; the others are exported. Tasks also fail once the files together are too
 * large. Throws the error if all tasks fail with the same code.
 */
export async function exportConsistencyResults(
  sms: SmsClient,
  tasks: readonly TaskReference[],
  language?: string,
): Promise<ConsistencyExport> {
  const finished: Exported[] = [];
  const calls = { language, onFinished: (part: Exported) => void finished.push(part) };
  await new PartwiseExport(sms, calls).run(tasks);
  const result = resultOf(finished.toSorted((a, b) => a.start - b.start));
  const [first] = result.failed;
  if (first && result.tasks.length === 0 && result.failed.every(({ error }) => error.code === first.error.code))
    throw first.error;
  return result;
}

/**
 * The same, but passes the result of each call to `onFinished` as soon as it is final, and waits for it. Files that were passed
 * on no longer count towards the limit of bytes. Throws an error that every further call would get as well, such as that of
 * a rejected token, and the reason of the signal.
 */
export async function exportPartByPart(
  sms: SmsClient,
  tasks: readonly TaskReference[],
  { onFinished, ...calls }: PartByPart,
): Promise<void> {
  const passOn = (part: Exported) => {
    if (part.error && concernsCaller(part.error)) throw part.error;
    return onFinished(resultOf([part]));
  };
  await new PartwiseExport(sms, { ...calls, onFinished: passOn }).run(tasks);
}

interface PartByPart {
  language: string | undefined;
  signal: AbortSignal;
  onFinished(part: ConsistencyExport): Promise<unknown>;
}

interface Calls {
  language: string | undefined;
  signal?: AbortSignal;
  /** Returns a promise if it passes the file of the part on. Otherwise the file is kept until the end. */
  onFinished(part: Exported): Promise<unknown> | undefined;
}

class PartwiseExport {
  readonly #sms: SmsClient;
  readonly #calls: Calls;
  /** Of the files that are kept. */
  #bytes = 0;

  constructor(sms: SmsClient, calls: Calls) {
    this.#sms = sms;
    this.#calls = calls;
  }

  async run(tasks: readonly TaskReference[]): Promise<void> {
    let parts = inParts({ start: 0, tasks }, MAX_TASKS_PER_CALL);
    let [extraCalls, fruitlessRounds] = [0, 0];
    while (parts.length > 0) {
      const [first] = parts;
      // Most exports are a single call, which waits for no other.
      const round = first && parts.length === 1 ? [await this.#export(first)] : await this.#exportAll(parts);
      fruitlessRounds = round.every(({ error }) => error) ? fruitlessRounds + 1 : 0;
      parts = [];
      for (const exported of round) {
        if (!mustBeHalved(exported)) continue;
        if (fruitlessRounds > MAX_FRUITLESS_ROUNDS || extraCalls + 2 > MAX_EXTRA_CALLS) {
          await this.#finish(exported);
        } else {
          const halves = inParts(exported, Math.ceil(exported.tasks.length / 2));
          parts.push(...halves);
          extraCalls += halves.length;
        }
      }
    }
  }

  #exportAll(parts: readonly Part[]): Promise<Exported[]> {
    const limit = new ConcurrencyLimit(MAX_CONCURRENT_CALLS);
    return Promise.all(parts.map((part) => limit.run(() => this.#export(part))));
  }

  /** Passes on a final result at once. Whether the others are repeated in halves depends on the whole round. */
  async #export(part: Part): Promise<Exported> {
    const { signal, language } = this.#calls;
    signal?.throwIfAborted();
    const exported: Exported = { start: part.start, tasks: part.tasks, file: null, requestId: null, error: null };
    try {
      if (this.#bytes >= MAX_FILE_BYTES) throw tooLarge();
      // The tasks have wire names already.
      const body = { task_info: new Verbatim(part.tasks) };
      const { file, requestId } = await this.#sms.download('/v3/tasks/consistency-results/export', body, language);
      // Other files may have arrived during this call.
      if (file && this.#bytes >= MAX_FILE_BYTES) throw tooLarge();
      this.#bytes += file?.bytes.length ?? 0;
      exported.file = file;
      exported.requestId = requestId;
    } catch (error) {
      if (!(error instanceof RequestRejectedError || error instanceof SmsUnavailableError)) throw error;
      exported.error = error;
    }
    signal?.throwIfAborted();
    const finish = mustBeHalved(exported) ? undefined : this.#finish(exported);
    if (finish) await finish;
    return exported;
  }

  #finish(exported: Exported): Promise<void> | undefined {
    const passedOn = this.#calls.onFinished(exported);
    return passedOn?.then(() => {
      this.#bytes -= exported.file?.bytes.length ?? 0;
    });
  }
}

/** Whether a part was rejected because of one of its tasks, so that each half of it is tried. */
function mustBeHalved({ tasks, error }: Exported): boolean {
  return error !== null && tasks.length > 1 && concernsOneTask(error);
}

/** Whether SMS rejected a call because of one of its tasks: it does not exist, or has an invalid value. */
function concernsOneTask(error: RequestRejectedError | SmsUnavailableError): boolean {
  const isAboutInput = error instanceof RequestRejectedError && ['not-found', 'invalid-input'].includes(error.kind);
  return isAboutInput && familyOf(error.code) === 'sms';
}

/** Whether every further call of this caller would fail as well. */
function concernsCaller(error: RequestRejectedError | SmsUnavailableError): boolean {
  return error instanceof RequestRejectedError && ['unauthenticated', 'forbidden', 'throttled'].includes(error.kind);
}

function resultOf(parts: readonly Exported[]): ConsistencyExport {
  const result: ConsistencyExport = { files: [], tasks: [], failed: [], request_ids: [] };
  for (const { tasks, file, requestId, error } of parts) {
    if (error) result.failed.push(...tasks.map((task) => ({ task: { ...task, has_failed: true as const }, error })));
    else result.tasks.push(...tasks);
    if (file) result.files.push(file);
    if (requestId) result.request_ids.push(requestId);
  }
  return result;
}

function tooLarge(): SmsUnavailableError {
  const message = `The files of the export exceed ${MAX_FILE_BYTES} bytes together. Export fewer tasks at once.`;
  return new SmsUnavailableError('INVALID_ANSWER', message);
}

function inParts({ start, tasks }: Part, size: number): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < tasks.length; at += size) parts.push({ start: start + at, tasks: tasks.slice(at, at + size) });
  return parts;
}
