/** Traces as a collector receives them: a gateway with OpenTelemetry's SDK, started as docs/operations.md says. */
import { describe, expect, test } from 'vitest';
import { DEMO_ACCESS_KEY, DEMO_TOKEN, NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { post } from './support/gateway.ts';
import { bodyOf, httpServer, WEB_TASK } from './support/harness.ts';
import { startGatewayProcess } from './support/process.ts';
import { startTestEmulator } from './support/sms-client.ts';
import { watchQuery } from './support/sse.ts';

const RECIPE = new URL('../deploy/opentelemetry/tracing.mjs', import.meta.url).href;
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CALLER_SPAN_ID = 'b7ad6b7169203331';
const TRACED = { traceparent: `00-${TRACE_ID}-${CALLER_SPAN_ID}-01` };

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
  status: { code?: number };
}
interface OtlpRequest {
  resourceSpans: { scopeSpans: { scope: { name: string }; spans: OtlpSpan[] }[] }[];
}

const [SERVER, CLIENT, FAILED] = [2, 3, 2];

/** A receiver of OTLP over HTTP in JSON, and the spans that it gets. */
async function collector() {
  const bodies: string[] = [];
  const url = await httpServer(async (request, response) => {
    bodies.push(await bodyOf(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const spans = () =>
    bodies
      .flatMap((body) => (JSON.parse(body) as OtlpRequest).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans: all }) => all);
  return { url, bodies, spans };
}

/** A gateway with the SDK. `stop` resolves to the spans that it has sent. */
async function tracedGateway(env: Record<string, string> = {}) {
  const emulator = await startTestEmulator();
  const { url: endpoint, bodies, spans } = await collector();
  const gateway = await startGatewayProcess({
    NODE_OPTIONS: `--import ${RECIPE}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    SMS_ENDPOINT: emulator.url,
    HUAWEICLOUD_SDK_IAM_ENDPOINT: emulator.url,
    HUAWEICLOUD_SDK_AK: DEMO_ACCESS_KEY.ak,
    HUAWEICLOUD_SDK_SK: DEMO_ACCESS_KEY.sk,
    ...env,
  });
  const stop = async () => {
    gateway.signal('SIGINT');
    expect(await gateway.exit).toBe(0);
    return spans();
  };
  return { gateway, emulator, bodies, stop };
}

function described({ name, kind, attributes, status }: OtlpSpan) {
  const values = attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)] as const);
  return { name, kind, ...Object.fromEntries(values), ...(status.code && { status: status.code }) };
}

const spanNamed = (spans: readonly OtlpSpan[], name: string) => {
  const found = spans.filter((span) => span.name === name);
  expect(found).toHaveLength(1);
  return found[0] as OtlpSpan;
};

const OVERVIEW = 'query Waiting { overview { waiting } }';
const EXPORT = `mutation ($input: ExportConsistencyResultsInput!) {
  exportConsistencyResults(input: $input) { __typename }
}`;

describe('with an SDK, the trace of a request', () => {
  test('goes from the caller through root field and call to SMS, and says who did what', async () => {
    const { gateway, emulator, stop } = await tracedGateway();
    const port = Number(new URL(emulator.url).port);
    await (await post(gateway, { query: OVERVIEW }, TRACED)).text();
    const spans = await stop();
    const [server, field, call, check] = [
      'query overview',
      'Query.overview',
      'GET /v3/sources/overview',
      'GET /v3/auth/tokens',
    ].map((name) => spanNamed(spans, name));
    expect(spans.map(({ traceId }) => traceId)).toEqual([TRACE_ID, TRACE_ID, TRACE_ID, TRACE_ID]);
    expect([server, field, call, check].map((span) => span?.parentSpanId)).toEqual([
      CALLER_SPAN_ID,
      server?.spanId,
      field?.spanId,
      server?.spanId,
    ]);
    expect([server, field, call].map((span) => span && described(span))).toEqual([
      {
        name: 'query overview',
        kind: SERVER,
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'http.route': '/graphql',
        'url.path': '/graphql',
        'url.scheme': 'http',
        'graphql.operation.type': 'query',
        'graphql.operation.name': 'Waiting',
      },
      {
        name: 'Query.overview',
        kind: 1,
        'graphql.field.name': 'overview',
        'graphql.field.parent_type': 'Query',
      },
      {
        name: 'GET /v3/sources/overview',
        kind: CLIENT,
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'url.template': '/v3/sources/overview',
        'server.address': '127.0.0.1',
        'server.port': port,
      },
    ]);
    const sent = emulator.requests.find(({ path }) => path === '/v3/sources/overview');
    expect(sent?.headers['traceparent']).toBe(`00-${TRACE_ID}-${call?.spanId}-01`);
  });

  test('names the error of a mutation and of a call, and is the same on both ways through the HTTP layer', async () => {
    const { gateway, stop } = await tracedGateway();
    const variables = { input: { taskInfo: [{ taskId: WEB_TASK }] } };
    const headers = { 'x-auth-token': NO_RIGHTS_TOKEN };
    // From the second request on, the operation is compiled and served without Yoga.
    for (let count = 0; count < 3; count += 1)
      await (await post(gateway, { query: EXPORT, variables }, headers)).text();
    const spans = await stop();
    const names = ['mutation exportConsistencyResults', 'Mutation.exportConsistencyResults'];
    const [servers, fields] = names.map((name) => spans.filter((span) => span.name === name).map(described));
    const calls = spans.filter(({ name }) => name === 'POST /v3/tasks/consistency-results/export').map(described);
    expect([servers, fields, calls].map((all) => all?.map((span) => Reflect.get(span, 'error.type')))).toEqual([
      Array(3).fill('SmsForbiddenError'),
      Array(3).fill('SMS.9004'),
      Array(3).fill('SMS.9004'),
    ]);
    expect(calls.map(({ status }) => status)).toEqual([FAILED, FAILED, FAILED]);
  });

  test('contains neither tokens and keys nor documents and variables', async () => {
    const { gateway, emulator, bodies, stop } = await tracedGateway();
    const echo = { error_code: DEMO_TOKEN, error_msg: DEMO_TOKEN };
    emulator.fault({ kind: 'status', status: 403, path: '/v3/sources', body: echo });
    await (await post(gateway, { query: OVERVIEW })).text();
    const variables = { input: { taskInfo: [{ taskId: WEB_TASK, sourceName: 'a-secret-name' }] } };
    await (await post(gateway, { query: EXPORT, variables })).text();
    await (await post(gateway, { query: `{ migrationTask(id: "${WEB_TASK}") { name } }` })).text();
    await stop();
    const text = bodies.join('\n');
    expect(text).toContain('GET /v3/tasks/{id}');
    for (const secret of [
      DEMO_TOKEN,
      DEMO_ACCESS_KEY.ak,
      DEMO_ACCESS_KEY.sk,
      WEB_TASK,
      'a-secret-name',
      '__typename',
      'Signature',
    ])
      expect(text).not.toContain(secret);
  });

  test('of a subscription contains the calls that its events need', async () => {
    const { gateway, stop } = await tracedGateway();
    await (await post(gateway, { query: watchQuery(WEB_TASK) }, { accept: 'text/event-stream' })).text();
    const spans = await stop();
    const [server, field] = ['subscription migrationTask', 'Subscription.migrationTask'].map((name) =>
      spanNamed(spans, name),
    );
    expect([field?.parentSpanId, spanNamed(spans, 'GET /v3/tasks/{id}').parentSpanId]).toEqual([
      server?.spanId,
      server?.spanId,
    ]);
  });

  test('has its id in the log, and in errors if TRACE_ID_IN_ERRORS is set', async () => {
    const { gateway, emulator, stop } = await tracedGateway({ TRACE_ID_IN_ERRORS: 'true', SMS_RETRIES: '0' });
    emulator.fault({ kind: 'reset', path: '/v3/sources', times: 2 });
    const ask = async (token: string) =>
      (await post(gateway, { query: OVERVIEW }, { ...TRACED, 'x-auth-token': token })).json();
    for (const token of [DEMO_TOKEN, DEMO_TOKEN, 'unknown'])
      expect(await ask(token)).toMatchObject({ errors: [{ extensions: { traceId: TRACE_ID } }] });
    await stop();
    const lines = gateway.output.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ traceId }) => traceId === TRACE_ID).map(({ msg }) => msg)).toEqual([
      'A call to SMS failed',
      'request',
      'request',
      'request',
    ]);
  });
});

test('without an SDK, nothing is traced: the log has no trace id, and SMS gets no traceparent', async () => {
  const emulator = await startTestEmulator();
  const gateway = await startGatewayProcess({
    SMS_ENDPOINT: emulator.url,
    SMS_AUTH: 'forward',
    TRACE_ID_IN_ERRORS: 'true',
  });
  await (await post(gateway, { query: OVERVIEW }, TRACED)).text();
  await expect.poll(() => gateway.output.stderr).toContain('"msg":"request"');
  expect(gateway.output.stderr).not.toContain('traceId');
  expect(emulator.requests.map(({ headers }) => headers['traceparent'])).toEqual([undefined]);
});
