/** A migration project of the demo data. */
const APPS_WAVE = { id: '5e8f2c91-6b0a-4d37-8c4e-b9d1f7a3e608' };

/** What GraphiQL shows beside the first example. docs/queries.md explains each. */
export const graphiqlTabs = [
  {
    query: `query WaveReport($id: ID!) {
  consistencyReport(migrationProject: $id, onlyDifferences: true) {
    verdict
    reason
    totals { tasks consistentTasks differentTasks notVerifiedTasks serversWithoutTask }
    rows { sourceServerName dirCheck numDifferentFiles numTargetMissFiles numTargetMoreFiles }
    servers { sourceServer { name } verdict reason }
    failedTasks { taskId error { message code } }
  }
}
`,
    variables: APPS_WAVE,
  },
  {
    query: `query Gate($id: ID!, $checkedAfter: DateTime) {
  migrationProject(id: $id) {
    cutoverGate(checkedAfter: $checkedAfter) {
      ready
      reasons
      readyServers
      servers(ready: false) { sourceServer { name } reasons notVerifiedReason error { message code } }
    }
  }
}
`,
    variables: { ...APPS_WAVE, checkedAfter: '2026-09-21T18:00:00Z' },
  },
  {
    query: `subscription WatchWave($id: ID!) {
  migrationProgress(migrationProject: $id, interval: 15) {
    ... on MigrationProgressUpdate {
      ended
      progress { servers tasksByState { state tasks } percent migrateSpeed remainSeconds }
      changedTasks { id name state subtaskInfo sourceServer { name } }
      removedTaskIds
    }
    ... on SmsError { message code }
  }
}
`,
    variables: APPS_WAVE,
  },
  {
    query: `mutation ExportWave($id: ID!) {
  exportConsistencyResults(input: { migrationProject: $id }) {
    __typename
    ... on ExportConsistencyResultsSuccess { files { fileName text } tasks { sourceName } serversWithoutTask { name } }
    ... on ExportConsistencyResultsPartial {
      files { fileName text }
      tasks { sourceName }
      serversWithoutTask { name }
      failedTasks { task { sourceName } error { code message } }
    }
    ... on SmsError { message code requestId }
  }
}
`,
    variables: { id: '31d7e0a4-8c5b-4a92-b6f1-0e9d3c7a2b06' },
  },
];
