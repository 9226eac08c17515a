/** What people, displays and pipelines send to the gateway during a migration in waves of 50 servers. */

/** Ids that the operations refer to. */
export interface Ids {
  project: string;
  server: string;
  /** Of the source server. */
  task: string;
  newTask: string;
  syncingTask: string;
  doneTask: string;
  doneServer: string;
  servers: readonly string[];
}

export interface Operation {
  query: string;
  variables(ids: Ids): object;
}

const SUBSCRIBE_PROGRESS = `subscription ($project: ID!) {
  migrationProgress(migrationProject: $project, interval: 10) {
    __typename
    ... on MigrationProgressUpdate { progress { percent remainSeconds tasksByState { state tasks } } ended }
    ... on SmsError { code }
  }
}`;

const FAILURES = `{
  overview { waiting replicate syncing stopped finished error }
  failedServers(first: 50) { nodes { sourceServer { name } error { code message } } }
}`;

const OWNED_SERVERS = `query ($references: [_Any!]!) {
  _entities(representations: $references) { ... on SourceServer { name state currentTask { name state } } }
}`;

const TASK_IN_DETAIL = `query ($task: ID!) {
  migrationTask(id: $task) {
    name state subTasks { name progress } error { code message } allowedActions
    sourceServer { name hostname disks { name size } }
    speedLimits { start end speed }
  }
}`;

const INVENTORY_PAGE = `{
  sourceServers(first: 200) { nodes { id name ip osVersion state currentTask { id state } } pageInfo { endCursor } }
}`;

const GATE = `query ($project: ID!) {
  migrationProject(id: $project) { cutoverGate(maxServers: 50) { ready servers(ready: false) { sourceServer { name } reasons } } }
}`;

const REPORT = `query ($project: ID!) {
  consistencyReport(migrationProject: $project) { verdict fileName text failedTasks { taskId } }
}`;

const EXPORT = `mutation ($project: ID!) {
  exportConsistencyResults(input: { migrationProject: $project }) {
    __typename
    ... on ExportConsistencyResultsSuccess { files { fileName text } }
    ... on SmsError { code message }
  }
}`;

const write = (field: string, input: string) => `mutation ($input: ${input}!) {
  ${field}(input: $input) { __typename ... on SmsError { code message } }
}`;

const referencesTo = (servers: readonly string[]) => servers.map((id) => ({ __typename: 'SourceServer', id }));

/** In this order they can be sent to one emulator: a task is deleted, created again and started. */
export const OPERATIONS = {
  progress: { query: SUBSCRIBE_PROGRESS, variables: ({ project }) => ({ project }) },
  failures: { query: FAILURES, variables: () => ({}) },
  owned: { query: OWNED_SERVERS, variables: ({ servers }) => ({ references: referencesTo(servers) }) },
  detail: { query: TASK_IN_DETAIL, variables: ({ task }) => ({ task }) },
  inventory: { query: INVENTORY_PAGE, variables: () => ({}) },
  gate: { query: GATE, variables: ({ project }) => ({ project }) },
  report: { query: REPORT, variables: ({ project }) => ({ project }) },
  export: { query: EXPORT, variables: ({ project }) => ({ project }) },
  deleteTask: {
    query: write('deleteTask', 'DeleteTaskInput'),
    variables: ({ doneTask }) => ({ input: { id: doneTask } }),
  },
  createTask: {
    query: write('createTask', 'CreateTaskInput'),
    variables: ({ doneServer }) => ({ input: newTaskFor(doneServer) }),
  },
  start: {
    query: write('updateTaskStatus', 'UpdateTaskStatusInput'),
    variables: ({ newTask }) => ({ input: { id: newTask, operation: 'START' } }),
  },
  cutover: {
    query: write('updateTaskStatus', 'UpdateTaskStatusInput'),
    variables: ({ syncingTask }) => ({ input: { id: syncingTask, operation: 'CUTOVER' } }),
  },
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

function newTaskFor(server: string): object {
  return {
    name: 'move-again',
    type: 'MIGRATE_FILE',
    sourceServer: { id: server },
    targetServer: { name: 'moved', vmId: 'vm-1', disks: [{ name: 'disk 0', deviceUse: 'OS', size: 42_949_672_960 }] },
    regionName: 'AP-Singapore',
    regionId: 'ap-southeast-3',
    projectName: 'ap-southeast-3',
    projectId: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  };
}
