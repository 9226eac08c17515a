/** The package's API as a module. The bundle is CommonJS, which starts faster. */
import { complaint } from '../bin/node-version.cjs';

export { createEmulator, createGateway, SettingsError } from './bundle/index.cjs';

if (complaint !== null) throw new Error(complaint);
