/** Environment variables of the example. */
export interface Settings {
  /** Of a gateway that runs already; null: the example starts one. */
  smsUrl: string | null;
  smsPort: number;
  inventoryPort: number;
  apolloPort: number;
  hivePort: number;
}

/** Port 0 picks a free port. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  return {
    smsUrl: env['SMS_GRAPHQL_URL'] || null,
    smsPort: portIn(env, 'PORT', 4000),
    inventoryPort: portIn(env, 'INVENTORY_PORT', 4002),
    apolloPort: portIn(env, 'APOLLO_PORT', 4003),
    hivePort: portIn(env, 'HIVE_PORT', 4004),
  };
}

function portIn(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const port = Number(env[name] || fallback);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${name} must be a port from 0 to 65535.`);
  return port;
}
