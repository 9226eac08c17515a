/**
 * Writes the schemas that a router in production reads: supergraph.graphql, and contract.graphql without the internal parts.
 * The argument is the folder; by default, it is this one.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings } from './settings.ts';
import { startSubgraphs } from './subgraphs.ts';
import { composeContract, composeSupergraph, servicesOf } from './supergraph.ts';

const INTERNAL_TAGS = ['internal', 'agent', 'secrets'];

const folder = process.argv[2] ?? import.meta.dirname;
const subgraphs = await startSubgraphs(readSettings(process.env));
try {
  const services = await servicesOf(subgraphs);
  await write('supergraph.graphql', composeSupergraph(services));
  await write('contract.graphql', composeContract(services, INTERNAL_TAGS));
} finally {
  await Promise.all([subgraphs.sms.stop(), subgraphs.inventory.stop()]);
}

async function write(name: string, sdl: string): Promise<void> {
  await writeFile(join(folder, name), sdl);
  process.stdout.write(`${name} written\n`);
}
