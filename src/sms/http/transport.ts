import { createSecureContext, getCACertificates } from 'node:tls';
import { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { skippingInterimResponses } from './interim-responses.ts';
import type { ConnectionLimits } from './limits.ts';
import { isLoopback } from './loopback.ts';

/** CA certificates, the client certificate and the proxy. */
export interface Transport {
  /** Certificates in PEM to trust in addition to the usual ones. */
  ca?: string | undefined;
  /** The gateway's own certificate and its key, in PEM. */
  client?: { cert: string; key: string } | undefined;
  proxy?: ProxySettings | undefined;
  /** Makes a span of each request. */
  tracer?: ExchangeTracer | undefined;
}

export interface ExchangeTracer {
  /** Adds headers that pass the trace on, and calls `send`. */
  trace(peer: Peer, request: TracedRequest, response: Promise<TracedResponse>, send: () => void): void;
}

export interface TracedRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With the query. */
  path: string;
  headers: Record<string, string>;
}

export interface TracedResponse {
  status: number;
  /** The code is empty if the response has none. */
  error: { code: string };
}

export interface ProxySettings {
  /** For https and for http. */
  https: string | undefined;
  http: string | undefined;
  /** Hosts that are reached without a proxy, separated by commas. */
  no: string;
}

/** A server that the gateway sends requests to, and the connections to it. */
export interface Peer {
  /** Its name in error messages. */
  readonly name: string;
  readonly origin: string;
  readonly dispatcher: Dispatcher;
  readonly limits: ConnectionLimits;
  readonly tracer?: ExchangeTracer | undefined;
}

const MAX_RESPONSE_HEADER_BYTES = 32 * 1024;

/** TLS is 1.2 or newer with verified certificates, HTTP is 1.1, and no proxy is used for loopback addresses. */
export function peerAt(name: string, origin: string, limits: ConnectionLimits, transport: Transport): Peer {
  return { name, origin, dispatcher: dispatcherTo(origin, limits, transport), limits, tracer: transport.tracer };
}

function dispatcherTo(origin: string, limits: ConnectionLimits, { ca, client, proxy }: Transport): Dispatcher {
  const connectAs = (own: Transport['client']) => ({
    // Created once: loading all CA certificates takes milliseconds, and each connection would do it again.
    secureContext: createSecureContext({
      minVersion: 'TLSv1.2',
      ...(ca !== undefined && { ca: [...getCACertificates(), ca] }),
      ...own,
    }),
    rejectUnauthorized: true,
    timeout: limits.connectTimeout,
    allowH2: false,
  });
  const tls = connectAs(client);
  const options = {
    connections: limits.connections,
    pipelining: 1,
    allowH2: false,
    connect: buildConnector(tls),
    headersTimeout: limits.headersTimeout,
    bodyTimeout: limits.bodyTimeout,
    maxHeaderSize: MAX_RESPONSE_HEADER_BYTES,
  };
  if (proxy === undefined || isLoopback(new URL(origin).hostname)) return poolTo(origin, options);
  return new EnvHttpProxyAgent({
    ...options,
    factory: poolTo,
    connectTimeout: limits.connectTimeout,
    requestTls: tls,
    proxyTls: connectAs(undefined),
    // With an empty string undici does not read the environment.
    httpsProxy: proxy.https ?? '',
    httpProxy: proxy.http ?? '',
    noProxy: proxy.no,
  });
}

function poolTo(origin: string | URL, { connect, ...options }: Pool.Options): Pool {
  if (typeof connect !== 'function') throw new TypeError('A pool needs its connector.');
  return new Pool(origin, { ...options, connect: skippingInterimResponses(connect) });
}
