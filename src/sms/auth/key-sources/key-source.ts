import { type Clock, SYSTEM_CLOCK } from '../../clock.ts';
import type { HeldKey, KeySource } from '../credentials.ts';
import { ecsMetadataKey } from './ecs-metadata.ts';
import { profileKey } from './key-file.ts';
import { watchedFile } from './watched-file.ts';

/** Where the gateway's key is: each only where it was chosen. */
export type KeyLocation =
  | { kind: 'profile'; path: string }
  | { kind: 'file'; path: string }
  | { kind: 'ecs-metadata'; endpoint: string };

/**
 * The key there, for as long as the process runs. Rejects with `KeyUnusable` where there is none; what is wrong with it
 * later, while the old one is in use, is told to `warn`.
 */
export async function keySource(
  place: KeyLocation,
  { clock = SYSTEM_CLOCK, warn = () => {} }: { clock?: Clock; warn?: (why: string) => void } = {},
): Promise<HeldKey | KeySource> {
  switch (place.kind) {
    case 'profile':
      return profileKey(place.path);
    case 'file':
      return watchedFile(place.path, clock.monotonic, warn);
    case 'ecs-metadata':
      return ecsMetadataKey(place.endpoint, clock);
  }
}
