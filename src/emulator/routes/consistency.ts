/** Consistency results: reading them, and the export. */

import { smsRefusal } from '../error-responses.ts';
import { Answer, acknowledgement, type Call, json, type Routes } from '../http/router.ts';
import type { ExportForm } from '../world/export-forms.ts';
import type { ConsistencyRecord, MigrationTask } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { currentTask, noTask, taskOf } from './lookup.ts';

/** What the caller names a task by: the task itself, else its source server by id or name. */
interface TaskReference {
  task_id?: string;
  source_id?: string;
  source_name?: string;
}

export const consistency: Routes = {
  'GET /v3/tasks/{task_id}/consistency-result': ({ params, state }) => {
    const task = taskOf(params['task_id'], state);
    const texts = state.resultForm === 'texts';
    return {
      task_id: task.id,
      result_list: texts ? task.results.map((record) => JSON.stringify(record)) : task.results,
    };
  },

  'POST /v3/tasks/consistency-results/export': ({ body, request, state }: Call<{ task_info: TaskReference[] }>) => {
    const tasks = body.task_info.map((reference) => referredTask(reference, state));
    return exported(state.exportForm, tasks, request.headers['x-language'] === 'zh-cn' ? CHINESE : ENGLISH, state);
  },
};

function referredTask({ task_id, source_id, source_name }: TaskReference, state: State): MigrationTask {
  if (task_id !== undefined) return taskOf(task_id, state);
  const named = source_id ?? source_name;
  if (named === undefined) {
    throw smsRefusal('SMS.9001', 'Parameter task_info is not valid: an item names neither a task nor a server.');
  }
  const server =
    source_id === undefined
      ? [...state.servers.values()].find(({ name }) => name === source_name)
      : state.servers.get(source_id);
  const task = server && currentTask(server, state);
  if (!task) throw noTask(named);
  return task;
}

const ENGLISH = [
  'Task ID',
  'Source server ID',
  'Source server',
  'Checked at',
  'Result',
  'Directory',
  'Files',
  'Different files',
  'Files missing on target',
  'Extra files on target',
];
const CHINESE = [
  '任务ID',
  '源端服务器ID',
  '源端服务器名称',
  '校验完成时间',
  '校验结果',
  '校验目录',
  '文件总数',
  '不一致文件数',
  '目的端缺少文件数',
  '目的端多出文件数',
];

function exported(form: ExportForm, tasks: MigrationTask[], headings: string[], state: State): Answer {
  switch (form) {
    case 'csv':
      // The vendor's Node client gives a file to its user only when it is of this type.
      return file('application/octet-stream', 'csv', csv([headings, ...tasks.flatMap((task) => rows(task, state))]));
    case 'binary':
      return file('application/octet-stream', 'zip', Buffer.from('504b0304140000000800ff00fe80c3289f92', 'hex'));
    case 'json-file':
      return file('application/json', 'json', JSON.stringify(tasks.map(summary)));
    case 'empty-object':
      return acknowledgement();
    case 'empty':
      return new Answer(200, {});
    case 'no-content':
      return new Answer(204, {});
    case 'ok-text':
      return new Answer(200, { 'Content-Type': 'text/plain' }, 'OK');
    case 'ok-json':
      return json(200, 'OK');
    case 'null':
      return json(200, null);
    case 'json-array':
      return json(200, tasks.map(summary));
  }
}

// Two names, as RFC 6266 asks: one that every client can read, one with the characters that are meant (RFC 8187).
function file(contentType: string, extension: string, content: string | Buffer): Answer {
  const name = encodeURIComponent(`一致性校验结果.${extension}`);
  return new Answer(
    200,
    {
      'Content-Type': contentType,
      'Content-Disposition': `attachment; filename="consistency-results.${extension}"; filename*=UTF-8''${name}`,
    },
    content,
  );
}

function summary(task: MigrationTask): { task_id: string; result_list: ConsistencyRecord[] } {
  return { task_id: task.id, result_list: task.results };
}

/** A row per check and directory; a task that was never checked has one row that says nothing more. */
function rows(task: MigrationTask, state: State): string[][] {
  const who = [task.id, task.server_id, state.servers.get(task.server_id)?.name ?? ''];
  if (task.results.length === 0) return [[...who, '', '', '', '', '', '', '']];
  return task.results.flatMap(({ finished_time, check_result, consistency_result }) =>
    consistency_result.map((directory) => [
      ...who,
      new Date(finished_time).toISOString(),
      check_result,
      directory.dir_check,
      String(directory.num_total_files),
      String(directory.num_different_files),
      String(directory.num_target_miss_files),
      String(directory.num_target_more_files),
    ]),
  );
}

/** RFC 4180. */
function csv(lines: string[][]): string {
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
