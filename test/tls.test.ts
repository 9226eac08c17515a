import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import tls, { type TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { certificateFactory, HOST } from './support/certificates.ts';
import { errorOf, FORWARDED, outcomeOf, read, upstreamTo } from './support/sms-client.ts';

const { createAuthority, issueCertificate } = certificateFactory();
const ca = createAuthority('our-authority');
const stranger = createAuthority('another-authority');
const server = issueCertificate('sms', ca);
const client = issueCertificate('gateway', ca);

async function portOf(listener: Server): Promise<number> {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(() => void listener.close());
  return (listener.address() as AddressInfo).port;
}

/** An SMS that responds to everything with an empty object, and the TLS sockets of its clients. */
async function tlsServer(options: ServerOptions = {}, first: (response: ServerResponse) => void = () => {}) {
  const sockets: TLSSocket[] = [];
  const listener = createServer({ key: server.key, cert: server.cert, ...options }, (request, response) => {
    sockets.push(request.socket as TLSSocket);
    first(response);
    response.end('{}');
  });
  const port = await portOf(listener);
  onTestFinished(() => listener.closeAllConnections());
  return { port, origin: `https://localhost:${port}`, sockets };
}

describe('a certificate of SMS', () => {
  test('of a private CA is trusted if its file is configured', async () => {
    const { origin, sockets } = await tlsServer();
    expect(await outcomeOf(read(upstreamTo(origin, { ca: ca.cert }), FORWARDED))).toBe('ok');
    expect(sockets[0]?.getProtocol()).toBe('TLSv1.3');
  });

  test('of an unknown CA is rejected with its error code, and nothing is sent', async () => {
    const { origin, sockets } = await tlsServer();
    const error = await errorOf(read(upstreamTo(origin), FORWARDED));
    expect(error).toMatchObject({ reason: 'UNREACHABLE', code: 'TLS_FAILED' });
    expect(error.message).toBe(
      'SMS could not be reached: the TLS handshake failed (UNABLE_TO_VERIFY_LEAF_SIGNATURE). Check certificates and SMS_CA_FILE.',
    );
    expect(sockets).toEqual([]);
  });

  test('of another CA than the configured one is rejected', async () => {
    const { origin } = await tlsServer();
    expect(await outcomeOf(read(upstreamTo(origin, { ca: stranger.cert }), FORWARDED))).toBe('TLS_FAILED');
  });

  test('for another host is rejected', async () => {
    const { cert, key } = issueCertificate('elsewhere', ca, 'DNS:elsewhere.test');
    const { origin } = await tlsServer({ cert, key });
    const error = await errorOf(read(upstreamTo(origin, { ca: ca.cert }), FORWARDED));
    expect(error.message).toContain('(ERR_TLS_CERT_ALTNAME_INVALID)');
  });
});

test('TLS older than 1.2 is rejected even if Node is told to allow it', async () => {
  // As node --tls-min-v1.0 --tls-cipher-list=DEFAULT@SECLEVEL=0 would have it.
  const { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS } = tls;
  onTestFinished(() => void Object.assign(tls, { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS }));
  Object.assign(tls, { DEFAULT_MIN_VERSION: 'TLSv1', DEFAULT_CIPHERS: 'DEFAULT@SECLEVEL=0' });
  const old = await tlsServer({ maxVersion: 'TLSv1.1' });
  expect(await outcomeOf(read(upstreamTo(old.origin, { ca: ca.cert }), FORWARDED))).toBe('TLS_FAILED');
  expect(old.sockets).toEqual([]);
  const fine = await tlsServer({ maxVersion: 'TLSv1.2' });
  expect(await outcomeOf(read(upstreamTo(fine.origin, { ca: ca.cert }), FORWARDED))).toBe('ok');
});

test('100 Continue is skipped over TLS, and through a proxy', async () => {
  const { origin, port, sockets } = await tlsServer({}, (response) => response.writeContinue());
  const proxy = { https: (await proxyTo(port)).url, http: undefined, no: '' };
  for (const upstream of [
    upstreamTo(origin, { ca: ca.cert }, { connections: 1 }),
    upstreamTo(`https://${HOST}`, { ca: ca.cert, proxy }, { connections: 1 }),
  ])
    for (let call = 0; call < 2; call += 1) expect(await outcomeOf(read(upstream, FORWARDED))).toBe('ok');
  expect(new Set(sockets).size).toBe(2);
});

describe('a server that requires a client certificate', () => {
  const wanting = { requestCert: true, rejectUnauthorized: true, ca: ca.cert };

  test('gets the certificate of the gateway', async () => {
    const { origin, sockets } = await tlsServer(wanting);
    const own = { cert: client.cert, key: client.key };
    expect(await outcomeOf(read(upstreamTo(origin, { ca: ca.cert, client: own }), FORWARDED))).toBe('ok');
    expect(sockets[0]?.getPeerCertificate().subject.CN).toBe('gateway');
  });

  test('rejects a gateway without one', async () => {
    const { origin, sockets } = await tlsServer(wanting);
    expect(await outcomeOf(read(upstreamTo(origin, { ca: ca.cert }), FORWARDED))).toMatch(/^(TLS_FAILED|UNREACHABLE)$/);
    expect(sockets).toEqual([]);
  });
});

/** A proxy that connects every tunnel to `port`, and the requests that it got. */
async function proxyTo(port: number, response = 'HTTP/1.1 200 Connection established\r\n\r\n') {
  const requests: (string | undefined)[] = [];
  const proxy = createHttpServer((request, response) => {
    requests.push(request.url);
    response.writeHead(501).end();
  });
  const sockets = new Set<Duplex>();
  proxy.on('connect', (request: IncomingMessage, socket: Duplex) => {
    requests.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write(response);
    const onward = connect(port, '127.0.0.1').on('error', () => {});
    sockets.add(onward);
    socket.pipe(onward).pipe(socket);
  });
  const proxyPort = await portOf(proxy);
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { requests, url: `http://127.0.0.1:${proxyPort}` };
}

describe('a proxy', () => {
  const far = `https://${HOST}`;

  test('opens a tunnel in which the certificate of SMS is verified', async () => {
    const { port, sockets } = await tlsServer();
    const { requests, url } = await proxyTo(port);
    const proxy = { https: url.replace('//', '//user:secret@'), http: undefined, no: '' };
    expect(await outcomeOf(read(upstreamTo(far, { ca: ca.cert, proxy }), FORWARDED))).toBe('ok');
    expect(requests).toEqual([`CONNECT ${HOST}:443 Basic ${Buffer.from('user:secret').toString('base64')}`]);
    expect(sockets).toHaveLength(1);
    expect(await outcomeOf(read(upstreamTo(far, { proxy }), FORWARDED))).toBe('TLS_FAILED');
  });

  test('passes the certificate of the gateway to SMS', async () => {
    const { port, sockets } = await tlsServer({ requestCert: true, rejectUnauthorized: true, ca: ca.cert });
    const proxy = { https: (await proxyTo(port)).url, http: undefined, no: '' };
    const own = { cert: client.cert, key: client.key };
    expect(await outcomeOf(read(upstreamTo(far, { ca: ca.cert, client: own, proxy }), FORWARDED))).toBe('ok');
    expect(sockets[0]?.getPeerCertificate().subject.CN).toBe('gateway');
  });

  test('keeps its tunnels open for further calls', async () => {
    const { port } = await tlsServer();
    const { requests, url } = await proxyTo(port);
    const proxy = { https: url, http: undefined, no: '' };
    const upstream = upstreamTo(far, { ca: ca.cert, proxy }, { connections: 1 });
    for (let call = 0; call < 3; call += 1) await read(upstream, FORWARDED);
    expect(requests).toHaveLength(1);
  });

  test('is never used for a loopback address', async () => {
    const { origin, port } = await tlsServer();
    const { requests, url } = await proxyTo(port);
    const proxy = { https: url, http: url, no: '' };
    expect(await outcomeOf(read(upstreamTo(origin, { ca: ca.cert, proxy }), FORWARDED))).toBe('ok');
    expect(requests).toEqual([]);
  });

  test.each([HOST, 'gateway.test', '*'])('is not used for hosts in NO_PROXY, such as %s', async (no) => {
    const { port } = await tlsServer();
    const { requests, url } = await proxyTo(port);
    const proxy = { https: url, http: undefined, no };
    // The host can be resolved only by the proxy.
    expect(await outcomeOf(read(upstreamTo(far, { ca: ca.cert, proxy }), FORWARDED))).toBe('UNREACHABLE');
    expect(requests).toEqual([]);
  });

  test('that rejects the tunnel makes SMS UNREACHABLE', async () => {
    const { requests, url } = await proxyTo(1, 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    const proxy = { https: url.replace('//', '//user:secret@'), http: undefined, no: '' };
    const error = await errorOf(read(upstreamTo(far, { proxy }), FORWARDED));
    expect(error).toMatchObject({ reason: 'UNREACHABLE', code: 'UNREACHABLE' });
    expect(error.message).not.toContain('secret');
    expect(requests).toHaveLength(1);
  });
});
