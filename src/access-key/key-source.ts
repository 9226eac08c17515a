import type { HeldKey, KeySource } from '../sms/auth/credentials.ts';
import { type Clock, SYSTEM_CLOCK } from '../time/clock.ts';
import { ecsMetadataKey } from './ecs-metadata.ts';
import { profileKey } from './key-file.ts';
import { watchedFile } from './watched-file.ts';

/** Where the gateway's key is, as configured: no other place is tried. */
export type KeyLocation =
  | { kind: 'profile'; path: string }
  | { kind: 'file'; path: string }
  | { kind: 'ecs-metadata'; endpoint: string };

/**
 * The key at a location, for as long as the process runs. Rejects with `KeyUnusableError` if there is none. `warn` is
 * called if a later change cannot be used and the old key stays in use.
 */
export async function keySource(
  location: KeyLocation,
  { clock = SYSTEM_CLOCK, warn = () => {} }: { clock?: Clock; warn?: (why: string) => void } = {},
): Promise<HeldKey | KeySource> {
  switch (location.kind) {
    case 'profile':
      return profileKey(location.path);
    case 'file':
      return watchedFile(location.path, clock.monotonic, warn);
    case 'ecs-metadata':
      return ecsMetadataKey(location.endpoint, clock);
  }
}
