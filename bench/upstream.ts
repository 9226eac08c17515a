/** A stand-in for SMS that responds to every export with the same small file, after `LATENCY` milliseconds. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const latency = Number(process.env['LATENCY'] ?? 0);
const file = Buffer.from('Task ID,Result\n7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103,consistent\n');
const headers = {
  'content-type': 'application/octet-stream',
  'content-disposition': 'attachment; filename="results.csv"',
  'content-length': file.length,
  'x-request-id': '0123456789abcdef0123456789abcdef',
};

const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
  const respond = () => response.writeHead(200, headers).end(file);
  request.resume().on('end', () => (latency === 0 ? respond() : setTimeout(respond, latency)));
});
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
