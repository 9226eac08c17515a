import { graphql } from 'graphql';
import { type Env, readSchemaConfig } from '../config/config.ts';
import { buildSchema } from '../graphql/schema.ts';
import { print } from '../logging/output.ts';

/** Prints the SDL that a supergraph gets. */
export async function printSchema(env: Env): Promise<void> {
  const { expose } = readSchemaConfig(env);
  const { data } = await graphql({ schema: buildSchema(expose), source: '{ _service { sdl } }' });
  const { _service } = data as { _service: { sdl: string } };
  print(_service.sdl.trim());
}
