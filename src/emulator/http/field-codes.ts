/** SMS's error codes for an invalid body: some fields have their own, the others depend on the violated rule. */

/** Codes for a field that is missing, empty, or invalid in any other way. */
interface FieldCodes {
  missing?: string;
  empty?: string;
  invalid?: string;
}

/** By operation and by the last name in the path of the field. */
const BY_FIELD: Readonly<Record<string, Readonly<Record<string, FieldCodes>>>> = {
  'POST /v3/tasks': {
    name: { invalid: 'SMS.7711' },
    type: { invalid: 'SMS.7712' },
    os_type: { invalid: 'SMS.6601' },
    target_server: { missing: 'SMS.6031' },
    vm_id: { missing: 'SMS.6032' },
    region_id: { missing: 'SMS.7725', invalid: 'SMS.7725' },
    region_name: { missing: 'SMS.7725', invalid: 'SMS.7725' },
    project_id: { missing: 'SMS.7724', invalid: 'SMS.7724' },
    project_name: { missing: 'SMS.7724', invalid: 'SMS.7724' },
  },
  'PUT /v3/tasks/{task_id}': { name: { invalid: 'SMS.7711' }, type: { invalid: 'SMS.7712' } },
  'POST /v3/sources': {
    name: { missing: 'SMS.6001', invalid: 'SMS.6002' },
    os_type: { invalid: 'SMS.6601' },
    ip: { invalid: 'SMS.6530' },
    firmware: { invalid: 'SMS.6505' },
    platform: { invalid: 'SMS.6006' },
  },
  'PUT /v3/sources/{source_id}/changestate': {
    copystate: { missing: 'SMS.7726', empty: 'SMS.7727', invalid: 'SMS.7728' },
    migrationcycle: { missing: 'SMS.7726', empty: 'SMS.7727', invalid: 'SMS.7728' },
  },
  'POST /v3/sources/{server_id}/command_result': {
    command_name: { missing: 'SMS.6020' },
    result: { invalid: 'SMS.6022' },
    result_detail: { invalid: 'SMS.6023' },
  },
  'PUT /v3/tasks/{task_id}/progress': { subtask_name: { invalid: 'SMS.6004' }, progress: { invalid: 'SMS.6101' } },
};

const LENGTH_KEYWORDS = ['maxLength', 'maxItems'];

/** The code for an invalid field. `field` is the last name in its path, `keyword` the violated keyword of JSON Schema. */
export function errorCodeFor(operation: string, field: string, keyword: string, value: unknown): string {
  const { missing, empty, invalid } = BY_FIELD[operation]?.[field] ?? {};
  if (keyword === 'required') return missing ?? 'SMS.6013';
  const code = value === '' ? (empty ?? invalid) : invalid;
  return code ?? (LENGTH_KEYWORDS.includes(keyword) ? 'SMS.6014' : 'SMS.6011');
}
