/** The package's API: a gateway in a program of yours, and an emulator for its tests. docs/embedding.md shows both. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SettingsError } from './config/settings.ts';
import type { Fault } from './emulator/http/faults.ts';

export type { Fault };
export { SettingsError };

/** Settings by the names of docs/configuration.md, for example `{ SMS_REGION: 'ap-southeast-3', MAX_DEPTH: 10 }`. */
export type Settings = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Gateway {
  /** Serves the requests of an HTTP server of yours: `http.createServer(gateway.listener)`. */
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
  /** Starts a server with the gateway's own time-outs at HOST and PORT, and one for metrics if METRICS_PORT is set. */
  listen(): Promise<{ url: string; metricsUrl: string | null }>;
  /** Ends event streams, lets running requests end for at most SHUTDOWN_TIMEOUT, and closes all connections. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A gateway to the SMS of SMS_REGION or SMS_ENDPOINT. The environment is not read. Rejects with `SettingsError` if a
 * setting is invalid.
 */
export async function createGateway(settings: Settings): Promise<Gateway> {
  const { createEmbeddedGateway } = await import('./process/embedded-gateway.ts');
  return createEmbeddedGateway(settings);
}

export interface EmulatorOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The clock, in milliseconds since 1970. By default that of the system. */
  now?: () => number;
  /** Number of source servers, each with a task. By default the demo data, which has one case of every kind. */
  servers?: number;
  /** The same seed makes the same data. */
  seed?: number;
  /** Milliseconds from the start of a task to its end. Default 60,000. */
  taskDuration?: number;
}

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Emulator {
  /** For SMS_ENDPOINT, and for HUAWEICLOUD_SDK_IAM_ENDPOINT: it also plays IAM. */
  readonly url: string;
  /** An access key with all rights. */
  readonly accessKey: { readonly ak: string; readonly sk: string };
  readonly tokens: Readonly<Record<'allRights' | 'readOnly' | 'noRights' | 'expired', string>>;
  /** The last 10,000 requests, newest last. */
  readonly requests: readonly ReceivedRequest[];
  /** Makes the next matching requests fail. */
  fault(fault: Fault): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts an emulator of SMS with made-up data. Rejects if the port is in use. */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const [{ startEmulator }, demo] = await Promise.all([
    import('./emulator/server.ts'),
    import('./emulator/world/demo-credentials.ts'),
  ]);
  const { url, requests, fault, close } = await startEmulator(options);
  return {
    url,
    accessKey: demo.DEMO_ACCESS_KEY,
    tokens: {
      allRights: demo.DEMO_TOKEN,
      readOnly: demo.READ_ONLY_TOKEN,
      noRights: demo.NO_RIGHTS_TOKEN,
      expired: demo.EXPIRED_TOKEN,
    },
    requests,
    fault,
    close,
    [Symbol.asyncDispose]: close,
  };
}
