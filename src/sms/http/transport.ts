import { createSecureContext, getCACertificates } from 'node:tls';
import { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { skippingInterimResponses } from './interim-responses.ts';
import type { ConnectionLimits } from './limits.ts';
import { isLoopback } from './loopback.ts';

/** Whom to trust, as whom to appear, and through which proxy to go. */
export interface Transport {
  /** Certificates in PEM that are trusted beside the usual ones. */
  ca?: string | undefined;
  /** The gateway's own certificate and its key, in PEM. */
  client?: { cert: string; key: string } | undefined;
  proxy?: ProxySettings | undefined;
}

export interface ProxySettings {
  /** For https and for http. */
  https: string | undefined;
  http: string | undefined;
  /** Hosts that are reached without it, joined with commas. */
  no: string;
}

/** Longest headers of an answer. */
const MAX_HEADER_BYTES = 32 * 1024;

/** Ends a response that nobody waits for any more. */
export function drop({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => {}).destroy();
}

/** Headers of requests that have begun to be written. */
const begun = new WeakSet<object>();

/** False while a request with these headers waits for its connection: then nothing of it has left the gateway. */
export function hasBegun(headers: object): boolean {
  return begun.has(headers);
}

const noticing: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const { headers } = options;
  const start = handler.onRequestStart?.bind(handler);
  handler.onRequestStart = (controller, context) => {
    if (typeof headers === 'object' && headers !== null) begun.add(headers);
    start?.(controller, context);
  };
  return dispatch(options, handler);
};

/**
 * Connections to one origin. Certificates are always verified, the oldest TLS is 1.2, HTTP is 1.1, and a loopback
 * address is never asked for from a proxy.
 */
export function connectionsTo(origin: string, limits: ConnectionLimits, { ca, client, proxy }: Transport): Dispatcher {
  const connectAs = (own: Transport['client']) => ({
    // Made once: reading all authorities anew would cost each connection milliseconds.
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
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  if (proxy === undefined || isLoopback(new URL(origin).hostname)) return poolTo(origin, options).compose(noticing);
  return new EnvHttpProxyAgent({
    ...options,
    factory: poolTo,
    connectTimeout: limits.connectTimeout,
    requestTls: tls,
    proxyTls: connectAs(undefined),
    // An empty text keeps undici from looking into the environment.
    httpsProxy: proxy.https ?? '',
    httpProxy: proxy.http ?? '',
    noProxy: proxy.no,
  }).compose(noticing);
}

function poolTo(origin: string | URL, { connect, ...options }: Pool.Options): Pool {
  if (typeof connect !== 'function') throw new TypeError('A pool needs its connector.');
  return new Pool(origin, { ...options, connect: skippingInterimResponses(connect) });
}
