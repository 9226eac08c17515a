/** Templates of target servers. Passwords are kept, and masked in every answer but the one that tells them. */
import { templateOf } from './find.ts';
import { type Filters, holds, page, selected } from './listing.ts';
import type { Json, ServerTemplate } from './records.ts';
import { smsRefusal } from './refusal.ts';
import type { Call, Routes } from './route.ts';
import type { State } from './state.ts';

/** Rows of a page where the caller names no limit. Source: comment in the SDKs. */
const USUAL_LIMIT = 50;
const MASK = '********';

type Given = Json & { name: string; is_template?: boolean };

export const templates: Routes = {
  'GET /v3/vm/templates': ({ query, state }) => {
    const found = selected(state.templates.values(), query, filters);
    return { count: found.length, templates: page(found, query, USUAL_LIMIT).map(masked) };
  },
  'POST /v3/vm/templates': ({ body, state }: Call<{ template: Given }>) => {
    const template = { ...BLANK, ...stored(body.template), id: state.newId() };
    state.templates.set(template.id, template);
    return { id: template.id };
  },
  'GET /v3/vm/templates/{id}': ({ params, state }) => ({ template: masked(templateOf(params['id'], state)) }),
  'PUT /v3/vm/templates/{id}': ({ params, body, state }: Call<{ template?: Given }>) => {
    const old = templateOf(params['id'], state);
    if (body.template) state.templates.set(old.id, { ...old, ...stored(body.template), id: old.id });
  },
  'DELETE /v3/vm/templates/{id}': ({ params, state }) => deleteTemplates([params['id'] ?? ''], state),
  'POST /v3/vm/templates/delete': ({ body, state }: Call<{ ids?: string[] }>) => deleteTemplates(body.ids ?? [], state),
  'GET /v3/vm/templates/{id}/target-password': ({ params, state }) => {
    const { id, target_password } = templateOf(params['id'], state);
    return { template_id: id, target_password };
  },
};

/** All or none: SMS.7101 for one that does not exist, SMS.7111 for one in use. */
function deleteTemplates(ids: string[], state: State): void {
  const doomed = ids.map((id) => templateOf(id, state).id);
  const user = [...state.tasks.values()].find(({ vm_template_id }) => doomed.includes(vm_template_id ?? ''));
  if (user) throw smsRefusal(400, 'SMS.7111', `The template "${user.vm_template_id}" is used by task "${user.id}".`);
  for (const id of doomed) state.templates.delete(id);
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
  vpc: { id: 'autoCreate', name: 'autoCreate', cidr: '192.168.0.0/16' },
  nics: [],
  security_groups: [],
  publicip: { type: '5_bgp', bandwidth_size: 5, bandwidth_share_type: 'PER' },
  disk: [],
  data_volume_type: 'SAS',
  target_password: '',
};
