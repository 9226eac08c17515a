/** Every request of the page. Codegen reads them, types their results and lists them as trusted documents. */
import { graphql } from '../gql/index.ts';

/** Costs nothing, and needs no token. */
export const PingDocument = graphql(`
  query Ping {
    __typename
  }
`);

/** What the login sends: it fails for a token that the gateway does not accept. */
export const CheckTokenDocument = graphql(`
  query CheckToken {
    migrationProjects(first: 0) { totalCount }
  }
`);

export const WavesDocument = graphql(`
  query Waves($first: Int!, $after: String) {
    migrationProjects(first: $first, after: $after) {
      nodes { id name description region }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
`);

export const WaveDocument = graphql(`
  query Wave($id: ID!) {
    migrationProject(id: $id) {
      id
      name
      description
      region
      sourceServers(first: 0) { totalCount }
    }
  }
`);

export const WaveProgressDocument = graphql(`
  query WaveProgress($id: ID!) {
    migrationProject(id: $id) {
      id
      progress { ...Progress }
    }
  }
`);

/** Costs one call to SMS per task, so it is a request of its own. */
export const WaveConsistencyDocument = graphql(`
  query WaveConsistency($id: ID!) {
    migrationProject(id: $id) {
      id
      consistency(maxServers: 2000) {
        verdict
        reason
        counts { servers consistent different notVerified }
      }
    }
  }
`);

export const ServersDocument = graphql(`
  query Servers($id: ID!, $after: String) {
    migrationProject(id: $id) {
      id
      sourceServers(first: 200, after: $after) {
        nodes { ...ServerRow isConsistencyResultExist currentTask { ...TaskRow } }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }
`);

export const ChecksDocument = graphql(`
  query Checks($taskIds: [ID!]!) {
    consistencyReport(taskIds: $taskIds, format: JSON) {
      tasks { taskId verdict reason finishedTime }
      rows {
        taskId
        dirCheck
        numTotalFiles
        numDifferentFiles
        numTargetMissFiles
        numTargetMoreFiles
        verdict
        reason
      }
      failedTasks { taskId error { ...Problem } }
    }
  }
`);

export const ReportDocument = graphql(`
  query Report($taskIds: [ID!]!) {
    consistencyReport(taskIds: $taskIds, format: CSV) { fileName contentType text }
  }
`);

export const WatchWaveDocument = graphql(`
  subscription WatchWave($id: ID!, $interval: Int!) {
    migrationProgress(migrationProject: $id, interval: $interval) {
      ... on MigrationProgressUpdate {
        ended
        progress { ...Progress }
        changedTasks { ...TaskRow sourceServer { ...ServerRow } }
        removedTaskIds
      }
      ...Problem
    }
  }
`);

export const GateDocument = graphql(`
  query Gate($id: ID!, $checkedAfter: DateTime) {
    migrationProject(id: $id) {
      id
      cutoverGate(checkedAfter: $checkedAfter, maxServers: 2000) {
        ready
        reasons
        readyServers
        notReadyServers
        servers(ready: false) {
          sourceServer { id name }
          reasons
          notVerifiedReason
          finishedTime
          error { ...Problem }
        }
      }
    }
  }
`);

export const ServerDocument = graphql(`
  query Server($id: ID!) {
    sourceServer(id: $id) {
      id
      name
      ip
      hostname
      osType
      osVersion
      cpuQuantity
      memory
      connected
      lastVisitTime
      agentVersion
      checks { name result error { code params message } }
      currentTask { id }
    }
  }
`);

/** What is known of a task, and what can be done with it. */
export const TaskDocument = graphql(`
  query Task($id: ID!) {
    migrationTask(id: $id) {
      ...TaskRow
      allowedActions
      startDate
      remainSeconds
      targetServer { name ip }
      subTasks { subTaskId name progress startDate endDate }
    }
  }
`);

export const AllowedActionsDocument = graphql(`
  query AllowedActions($id: ID!) {
    migrationTask(id: $id) { id state allowedActions }
  }
`);

export const UpdateTaskStatusDocument = graphql(`
  mutation UpdateTaskStatus($input: UpdateTaskStatusInput!) {
    updateTaskStatus(input: $input) {
      ... on UpdateTaskStatusSuccess { migrationTask { id state stateText allowedActions } }
      ...Problem
    }
  }
`);

export const ExportDocument = graphql(`
  subscription Export($input: ExportConsistencyResultsInput!) {
    exportConsistencyResults(input: $input) {
      ... on ExportConsistencyResultsUpdate {
        doneTasks
        totalTasks
        ended
        files { fileName contentType size base64 }
        tasks { taskId sourceName }
        failedTasks { task { taskId sourceName } error { ...Problem } }
      }
      ...Problem
    }
  }
`);

export const ProblemFragment = graphql(`
  fragment Problem on SmsError {
    message
    code
    requestId
    ... on SmsInvalidInputError { kind }
    ... on SmsThrottledError { retryAfter }
    ... on SmsUnavailableError { reason outcome retryAfter }
  }
`);

export const ProgressFragment = graphql(`
  fragment Progress on MigrationProjectProgress {
    servers
    serversWithoutTask
    tasksByState { state stateText tasks }
    percent
    totalBytes
    copiedBytes
    migrateSpeed
    remainSeconds
  }
`);

export const ServerRowFragment = graphql(`
  fragment ServerRow on SourceServer {
    id
    name
    ip
    osType
    state
    connected
    replicatesize
    totalsize
  }
`);

export const TaskRowFragment = graphql(`
  fragment TaskRow on MigrationTask {
    id
    name
    state
    stateText
    migrateSpeed
    subtaskInfo
    error { code params message }
  }
`);
