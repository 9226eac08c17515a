/** SMS's own codes for a body that breaks the rules: some fields have one, the rest go by the kind of the fault. */

/** A field that is missing, is an empty text, or is wrong in any other way. */
interface Codes {
  missing?: string;
  empty?: string;
  wrong?: string;
}

/** By operation and by the last name on the way to the field. */
const BY_FIELD: Readonly<Record<string, Readonly<Record<string, Codes>>>> = {
  'POST /v3/tasks': {
    name: { wrong: 'SMS.7711' },
    type: { wrong: 'SMS.7712' },
    os_type: { wrong: 'SMS.6601' },
    target_server: { missing: 'SMS.6031' },
    vm_id: { missing: 'SMS.6032' },
    region_id: { missing: 'SMS.7725', wrong: 'SMS.7725' },
    region_name: { missing: 'SMS.7725', wrong: 'SMS.7725' },
    project_id: { missing: 'SMS.7724', wrong: 'SMS.7724' },
    project_name: { missing: 'SMS.7724', wrong: 'SMS.7724' },
  },
  'PUT /v3/tasks/{task_id}': { name: { wrong: 'SMS.7711' }, type: { wrong: 'SMS.7712' } },
  'POST /v3/sources': {
    name: { missing: 'SMS.6001', wrong: 'SMS.6002' },
    os_type: { wrong: 'SMS.6601' },
    ip: { wrong: 'SMS.6530' },
    firmware: { wrong: 'SMS.6505' },
    platform: { wrong: 'SMS.6006' },
  },
  'PUT /v3/sources/{source_id}/changestate': {
    copystate: { missing: 'SMS.7726', empty: 'SMS.7727', wrong: 'SMS.7728' },
    migrationcycle: { missing: 'SMS.7726', empty: 'SMS.7727', wrong: 'SMS.7728' },
  },
  'POST /v3/sources/{server_id}/command_result': {
    command_name: { missing: 'SMS.6020' },
    result: { wrong: 'SMS.6022' },
    result_detail: { wrong: 'SMS.6023' },
  },
  'PUT /v3/tasks/{task_id}/progress': { subtask_name: { wrong: 'SMS.6004' }, progress: { wrong: 'SMS.6101' } },
};

const TOO_LONG = ['maxLength', 'maxItems'];

/** The code for a fault in the body of an operation. `field` is the last name on the way to it, `value` what it holds. */
export function codeOf(operation: string, field: string, keyword: string, value: unknown): string {
  const { missing, empty, wrong } = BY_FIELD[operation]?.[field] ?? {};
  if (keyword === 'required') return missing ?? 'SMS.6013';
  const own = value === '' ? (empty ?? wrong) : wrong;
  return own ?? (TOO_LONG.includes(keyword) ? 'SMS.6014' : 'SMS.6011');
}
