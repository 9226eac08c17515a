/** Consistency results: reading and exporting them. */

import { smsError } from '../error-responses.ts';
import { acknowledgement, EmulatorResponse, jsonResponse } from '../http/response.ts';
import type { Call, Routes } from '../http/router.ts';
import type { ExportForm } from '../world/export-forms.ts';
import type { ConsistencyRecord, MigrationTask } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { currentTask, noTaskError, taskById } from './lookup.ts';

/** Refers to a task by its id, or else by the id or the name of its source server. */
interface TaskReference {
  task_id?: string;
  source_id?: string;
  source_name?: string;
}

export const consistency: Routes = {
  'GET /v3/tasks/{task_id}/consistency-result': ({ params, state }) => {
    const task = taskById(params['task_id'], state);
    const result_list = state.resultForm === 'texts' ? task.results.map((one) => JSON.stringify(one)) : task.results;
    return { task_id: task.id, result_list };
  },

  'POST /v3/tasks/consistency-results/export': ({ body, request, state }: Call<{ task_info: TaskReference[] }>) => {
    const tasks = body.task_info.map((reference) => referencedTask(reference, state));
    const language = request.headers['x-language'] === 'zh-cn' ? 'zh' : 'en';
    return exportResponse(state.exportForm, tasks, language, state);
  },
};

function referencedTask({ task_id, source_id, source_name }: TaskReference, state: State): MigrationTask {
  if (task_id !== undefined) return taskById(task_id, state);
  const serverIdOrName = source_id ?? source_name;
  if (serverIdOrName === undefined) {
    throw smsError('SMS.9001', 'Parameter task_info is not valid: an item names neither a task nor a server.');
  }
  const server =
    source_id === undefined
      ? [...state.servers.values()].find(({ name }) => name === source_name)
      : state.servers.get(source_id);
  const task = server && currentTask(server, state);
  if (!task) throw noTaskError(serverIdOrName);
  return task;
}

const HEADINGS = [
  { en: 'Task ID', zh: '任务ID' },
  { en: 'Source server ID', zh: '源端服务器ID' },
  { en: 'Source server', zh: '源端服务器名称' },
  { en: 'Checked at', zh: '校验完成时间' },
  { en: 'Result', zh: '校验结果' },
  { en: 'Directory', zh: '校验目录' },
  { en: 'Files', zh: '文件总数' },
  { en: 'Different files', zh: '不一致文件数' },
  { en: 'Files missing on target', zh: '目的端缺少文件数' },
  { en: 'Extra files on target', zh: '目的端多出文件数' },
];

function exportResponse(form: ExportForm, tasks: MigrationTask[], language: 'en' | 'zh', state: State) {
  switch (form) {
    case 'csv': {
      const headings = HEADINGS.map((heading) => heading[language]);
      return fileResponse('csv', csv([headings, ...tasks.flatMap((task) => rows(task, state))]));
    }
    case 'binary':
      return fileResponse('zip', Buffer.from('504b0304140000000800ff00fe80c3289f92', 'hex'));
    case 'json-file':
      return fileResponse('json', JSON.stringify(tasks.map(summary)));
    case 'empty-object':
      return acknowledgement();
    case 'empty':
      return new EmulatorResponse(200, {});
    case 'no-content':
      return new EmulatorResponse(204, {});
    case 'ok-text':
      return new EmulatorResponse(200, { 'Content-Type': 'text/plain' }, 'OK');
    case 'ok-json':
      return jsonResponse(200, 'OK');
    case 'null':
      return jsonResponse(200, null);
    case 'json-array':
      return jsonResponse(200, tasks.map(summary));
  }
}

function fileResponse(extension: 'csv' | 'zip' | 'json', content: string | Buffer): EmulatorResponse {
  // The vendor's Node client returns a file only if it is an octet stream.
  const type = extension === 'json' ? 'application/json' : 'application/octet-stream';
  const name = encodeURIComponent(`一致性校验结果.${extension}`);
  // Two file names, as RFC 6266 recommends: an ASCII fallback and the real one (RFC 8187).
  const disposition = `attachment; filename="consistency-results.${extension}"; filename*=UTF-8''${name}`;
  return new EmulatorResponse(200, { 'Content-Type': type, 'Content-Disposition': disposition }, content);
}

function summary(task: MigrationTask): { task_id: string; result_list: ConsistencyRecord[] } {
  return { task_id: task.id, result_list: task.results };
}

/** One row per check and directory; a task that was never checked has one row without a result. */
function rows(task: MigrationTask, state: State): string[][] {
  const taskColumns = [task.id, task.server_id, state.servers.get(task.server_id)?.name ?? ''];
  if (task.results.length === 0) return [[...taskColumns, '', '', '', '', '', '', '']];
  return task.results.flatMap(({ finished_time, check_result, consistency_result }) =>
    consistency_result.map((directory) => [
      ...taskColumns,
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
