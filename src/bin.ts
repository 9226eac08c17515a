/** The built program. It starts faster with what Node compiled in an earlier run: `npm run build` makes one. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache({ directory: join(import.meta.dirname, 'compile-cache'), portable: true });
await import('./main.ts');
