/** The first example: README shows it, GraphiQL opens with it, `npm run demo` sends it and the first test expects it. */
export const example = {
  query: `mutation ExportConsistencyResults($input: ExportConsistencyResultsInput!) {
  exportConsistencyResults(input: $input) {
    __typename
    ... on ExportConsistencyResultsSuccess {
      files { fileName contentType size text }
      tasks { taskId }
    }
    ... on ExportConsistencyResultsPartial {
      files { fileName contentType size text }
      tasks { taskId }
      failedTasks { task { taskId } error { message code } }
    }
    ... on SmsError { message code requestId }
  }
}
`,
  variables: {
    input: {
      taskInfo: [
        {
          taskId: '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103',
          sourceId: '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01',
          sourceName: 'web-prod-01',
        },
      ],
      language: 'EN_US',
    },
  },
};
