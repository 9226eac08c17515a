import { SettingsError } from '../config/settings.ts';

/** The server, or a `SettingsError` that names the variable to change if it cannot listen on its host and port. */
export async function explainListenErrors<Server>(
  variables: { host?: string; port: string },
  server: Promise<Server>,
): Promise<Server> {
  try {
    return await server;
  } catch (error) {
    const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
    if (code === 'EADDRINUSE')
      throw new SettingsError(
        `${address}:${port} is already in use. Stop the process that uses it, or set ${variables.port} to another port.`,
      );
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new SettingsError(`${variables.host} is not an address of this machine.`);
    if (code === 'EACCES')
      throw new SettingsError(`Listening on port ${port} is not permitted. Set ${variables.port} to 1024 or more.`);
    throw error;
  }
}
