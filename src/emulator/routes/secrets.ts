/** Secrets: certificates and passphrases of tasks, passwords of target servers. All are made up and open nothing. */

import { smsError } from '../error-responses.ts';
import type { Routes } from '../http/router.ts';
import type { State } from '../world/state.ts';
import { catchUp } from '../world/task-progress.ts';
import { taskById, templateById } from './lookup.ts';

export const secrets: Routes = {
  'GET /v3/tasks/{task_id}/certkey': ({ params, query, state }) => {
    const { id } = taskById(params['task_id'], state);
    return {
      cert: pem('CERTIFICATE', id),
      private_key: pem('PRIVATE KEY', id),
      ca: query['enable_ca_cert'] ? pem('CERTIFICATE', `ca ${id}`) : undefined,
      target_mgmt_cert: pem('CERTIFICATE', `management ${id}`),
      target_mgmt_private_key: pem('PRIVATE KEY', `management ${id}`),
      target_data_cert: pem('CERTIFICATE', `data ${id}`),
      target_data_private_key: pem('PRIVATE KEY', `data ${id}`),
    };
  },

  'GET /v3/tasks/{task_id}/passphrase': ({ params, state }) => {
    const { id } = taskById(params['task_id'], state);
    return { task_id: id, passphrase: `demo-passphrase-${id}` };
  },

  'GET /v3/vm/templates/{id}/target-password': ({ params, state }) => {
    const { id, target_password } = templateById(params['id'], state);
    if (!isInUse(id, state)) {
      throw smsError('SMS.9905', 'The password can be read only while a task of the template copies or synchronizes.');
    }
    return { template_id: id, target_password };
  },
};

function isInUse(templateId: string, state: State): boolean {
  return [...state.tasks.values()].some(
    (task) => task.vm_template_id === templateId && ['RUNNING', 'SYNCING'].includes(catchUp(task, state).state),
  );
}

/** Looks like PEM. */
function pem(label: string, content: string): string {
  const text = Buffer.from(`demo only, opens nothing: ${content}`).toString('base64');
  return `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
}
