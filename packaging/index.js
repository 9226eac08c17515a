/** The package's API as a module. The bundle is CommonJS, which starts faster. */
export { createEmulator, createGateway, SettingsError } from './bundle/index.cjs';
