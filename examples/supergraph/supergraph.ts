/** Composition: the schemas of the subgraphs become that of the supergraph, or of a contract. */
import { composeServices } from '@apollo/composition';
import { composeSchemaContract } from '@theguild/federation-composition';
import { type DocumentNode, parse } from 'graphql';
import { typeDefs } from './inventory.ts';
import type { Subgraphs } from './subgraphs.ts';

export interface Service {
  name: string;
  url: string;
  typeDefs: DocumentNode;
}

/** The gateway to SMS serves its SDL, with the parts that it exposes. That of the inventory is a file. */
export async function servicesOf({ sms, inventory }: Subgraphs): Promise<Service[]> {
  return [
    { name: 'sms', url: sms.url, typeDefs: parse(await sdlFrom(sms.url)) },
    { name: 'inventory', url: inventory.url, typeDefs },
  ];
}

/** The SDL of the supergraph, by Apollo's composition. Throws if the subgraphs do not fit together. */
export function composeSupergraph(services: readonly Service[]): string {
  const { supergraphSdl, errors } = composeServices([...services]);
  return sdlOrThrow(supergraphSdl, errors);
}

/** The SDL of a supergraph without the parts with these tags, by Hive's composition. */
export function composeContract(services: readonly Service[], excludedTags: readonly string[]): string {
  const filter = { include: new Set<string>(), exclude: new Set(excludedTags) };
  const { supergraphSdl, errors } = composeSchemaContract([...services], filter, true);
  return sdlOrThrow(supergraphSdl, errors);
}

function sdlOrThrow(sdl: string | undefined, errors: readonly Error[] | undefined): string {
  if (sdl !== undefined) return sdl;
  throw new Error(`The subgraphs do not compose:\n${errors?.map(({ message }) => message).join('\n')}`);
}

async function sdlFrom(url: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const { data } = (await response.json()) as { data?: { _service: { sdl: string } } };
  if (!data) throw new Error(`${url} did not return its SDL.`);
  return data._service.sdl;
}
