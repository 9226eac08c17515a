/** Templates of target servers. Names are unique. Every response masks the password, except the one in secrets.ts. */

import { smsError } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Json, ServerTemplate } from '../world/records.ts';
import type { State } from '../world/state.ts';
import { templateById } from './lookup.ts';
import { type Filters, nameContains, pageOf } from './pagination.ts';

/** Source: comment in the SDKs. */
const DEFAULT_LIMIT = 50;
const MASK = '********';
/** Per account. Source: API reference, 7.1. */
const MAX_TEMPLATES = 50;

type TemplateInput = Json & { name: string; is_template?: boolean };

export const templates: Routes = {
  'GET /v3/vm/templates': ({ query, state }) => {
    const { count, rows } = pageOf(state.templates.values(), query, DEFAULT_LIMIT, FILTERS);
    return { count, templates: rows.map(masked) };
  },
  'POST /v3/vm/templates': ({ body, state }: Call<{ template: TemplateInput }>) => {
    if (state.templates.size >= MAX_TEMPLATES) {
      throw smsError('SMS.8115', `There are ${MAX_TEMPLATES} templates already.`);
    }
    const template = { ...DEFAULTS, ...stored(body.template), id: state.newId() };
    checkUnique(template, state);
    state.templates.set(template.id, template);
    return { id: template.id };
  },
  'GET /v3/vm/templates/{id}': ({ params, state }) => ({ template: masked(templateById(params['id'], state)) }),
  'PUT /v3/vm/templates/{id}': ({ params, body, state }: Call<{ template?: TemplateInput }>) => {
    const old = templateById(params['id'], state);
    if (!body.template) return;
    const template = { ...old, ...stored(body.template), id: old.id };
    checkUnique(template, state);
    state.templates.set(old.id, template);
  },
  'DELETE /v3/vm/templates/{id}': ({ params, state }) => deleteTemplates([params['id'] ?? ''], state),
  'POST /v3/vm/templates/delete': ({ body, state }: Call<{ ids?: string[] }>) => deleteTemplates(body.ids ?? [], state),
};

/** Deletes all of the templates or none (our choice). */
function deleteTemplates(ids: string[], state: State): void {
  const templateIds = ids.map((id) => templateById(id, state).id);
  const task = [...state.tasks.values()].find(({ vm_template_id }) => templateIds.includes(vm_template_id ?? ''));
  if (task) throw smsError('SMS.7111', `The template "${task.vm_template_id}" is used by task "${task.id}".`);
  for (const id of templateIds) state.templates.delete(id);
}

function checkUnique({ id, name }: ServerTemplate, state: State): void {
  if ([...state.templates.values()].some((other) => other.id !== id && other.name === name)) {
    throw smsError('SMS.7112', 'Another template has this name.');
  }
}

const FILTERS: Filters<ServerTemplate> = {
  name: nameContains,
  id: (template, id) => template.id === id,
  region: (template, region) => template.region === region,
  availability_zone: (template, zone) => template.availability_zone === zone,
};

function masked(template: ServerTemplate): Json {
  return { ...template, target_password: MASK };
}

function stored({ is_template, ...input }: TemplateInput): { name: string } & Json {
  return { ...input, ...(is_template !== undefined && { is_template: String(is_template) }) };
}

/** Fields that every response must have. */
const DEFAULTS = {
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
