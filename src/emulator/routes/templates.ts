/** Templates of target servers; no two have the same name. Passwords are kept, and masked in every answer but the one that tells them. */

import { smsRefusal } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Json, ServerTemplate } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { settle } from '../world/task-progress.ts';
import { templateOf } from './lookup.ts';
import { type Filters, holds, page, selected } from './pagination.ts';

/** Rows of a page where the caller names no limit. Source: comment in the SDKs. */
const USUAL_LIMIT = 50;
const MASK = '********';
/** Templates of an account. Source: API reference, 7.1. */
const QUOTA = 50;

type Given = Json & { name: string; is_template?: boolean };

export const templates: Routes = {
  'GET /v3/vm/templates': ({ query, state }) => {
    const found = selected(state.templates.values(), query, filters);
    return { count: found.length, templates: page(found, query, USUAL_LIMIT).map(masked) };
  },
  'POST /v3/vm/templates': ({ body, state }: Call<{ template: Given }>) => {
    if (state.templates.size >= QUOTA) throw smsRefusal('SMS.8115', `There are ${QUOTA} templates already.`);
    const template = { ...BLANK, ...stored(body.template), id: state.newId() };
    refuseDouble(template, state);
    state.templates.set(template.id, template);
    return { id: template.id };
  },
  'GET /v3/vm/templates/{id}': ({ params, state }) => ({ template: masked(templateOf(params['id'], state)) }),
  'PUT /v3/vm/templates/{id}': ({ params, body, state }: Call<{ template?: Given }>) => {
    const old = templateOf(params['id'], state);
    if (!body.template) return;
    const template = { ...old, ...stored(body.template), id: old.id };
    refuseDouble(template, state);
    state.templates.set(old.id, template);
  },
  'DELETE /v3/vm/templates/{id}': ({ params, state }) => deleteTemplates([params['id'] ?? ''], state),
  'POST /v3/vm/templates/delete': ({ body, state }: Call<{ ids?: string[] }>) => deleteTemplates(body.ids ?? [], state),
  'GET /v3/vm/templates/{id}/target-password': ({ params, state }) => {
    const { id, target_password } = templateOf(params['id'], state);
    if (!isCopying(id, state)) {
      throw smsRefusal(
        'SMS.9905',
        'The password can be read only while a task of the template copies or synchronizes.',
      );
    }
    return { template_id: id, target_password };
  },
};

/** All or none (our choice): SMS.7101 for one that does not exist, SMS.7111 for one in use. */
function deleteTemplates(ids: string[], state: State): void {
  const doomed = ids.map((id) => templateOf(id, state).id);
  const user = [...state.tasks.values()].find(({ vm_template_id }) => doomed.includes(vm_template_id ?? ''));
  if (user) throw smsRefusal('SMS.7111', `The template "${user.vm_template_id}" is used by task "${user.id}".`);
  for (const id of doomed) state.templates.delete(id);
}

function refuseDouble({ id, name }: ServerTemplate, state: State): void {
  if ([...state.templates.values()].some((other) => other.id !== id && other.name === name)) {
    throw smsRefusal('SMS.7112', 'Another template has this name.');
  }
}

function isCopying(templateId: string, state: State): boolean {
  return [...state.tasks.values()].some(
    (task) => task.vm_template_id === templateId && ['RUNNING', 'SYNCING'].includes(settle(task, state).state),
  );
}

const filters: Filters<ServerTemplate> = {
  name: (template, wanted) => holds(template.name, wanted),
  id: (template, wanted) => template.id === wanted,
  region: (template, wanted) => template.region === wanted,
  availability_zone: (template, wanted) => template.availability_zone === wanted,
};

function masked(template: ServerTemplate): Json {
  return { ...template, target_password: MASK };
}

function stored({ is_template, ...given }: Given): { name: string } & Json {
  return { ...given, ...(is_template !== undefined && { is_template: String(is_template) }) };
}

/** What a template holds of which its maker said nothing; answers must have every one of these. */
const BLANK = {
  is_template: 'true',
  region: '',
  projectid: '',
  target_server_name: '',
  availability_zone: '',
  volumetype: 'SAS',
  flavor: '',
  vpc: { id: 'autoCreate', name: 'autoCreate' },
  nics: [],
  security_groups: [],
  publicip: { type: '5_bgp', bandwidth_size: 5, bandwidth_share_type: 'PER' },
  disk: [],
  data_volume_type: 'SAS',
  target_password: '',
};
