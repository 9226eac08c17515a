import { type Measured, script } from '../children.ts';

/** Each in a process of its own, with the settings that its documentation recommends for production. */
export async function peers(upstream: string): Promise<{ name: string; measured: Measured }[]> {
  const env = { UPSTREAM: upstream, NODE_ENV: 'production', NODE_OPTIONS: '--max-http-header-size=65536' };
  return [
    { name: 'Mercurius + jit', measured: await script('peers/mercurius.ts', env) },
    { name: 'Apollo Server', measured: await script('peers/apollo.ts', env) },
    { name: 'graphql-yoga', measured: await script('peers/yoga.ts', env) },
  ];
}
