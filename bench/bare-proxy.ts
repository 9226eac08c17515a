/** The baseline: receives a request, signs and makes the same call to SMS, and writes the response. No GraphQL. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { authorization, sdkDate } from '../src/sms/sign.ts';

const origin = process.env['UPSTREAM'] ?? '';
const { host } = new URL(origin);
const pool = new Pool(origin, { connections: 64, pipelining: 1 });
const key = { ak: 'BENCHACCESSKEY000001', sk: 'benchSecretKey' };
const method = 'POST';
const path = '/v3/tasks/consistency-results/export';

const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const body = Buffer.concat(chunks).toString();
    const headers: Record<string, string> = {
      Host: host,
      'Content-Type': 'application/json',
      'X-Request-Id': 'a-request',
      'X-Auth-Token': String(request.headers['x-auth-token']),
      'X-Sdk-Date': sdkDate(new Date()),
    };
    headers['Authorization'] = authorization({ method, path, query: [], headers, body }, key);
    const upstream = await pool.request({ method, path, headers, body });
    const bytes = Buffer.from(await upstream.body.arrayBuffer());
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
