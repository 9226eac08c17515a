/** Completes dist/package, which is what is published: everything but the bundle, which rolldown has put there. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const PACKAGE = join(ROOT, 'dist/package');
const DECLARATIONS = join(ROOT, 'dist/declarations/src');
const BIN = 'bin/sms-graphql-gateway.cjs';

const { name, version, description, license, keywords, repository, type, engines } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);
const manifest = {
  ...{ name, version, description, license, keywords, repository, type, engines },
  bin: { [name]: BIN },
  // For tools that do not know `exports`.
  main: './lib/index.js',
  types: './lib/types/index.d.ts',
  exports: {
    '.': { types: './lib/types/index.d.ts', default: './lib/index.js' },
    './schema.graphql': './schema.graphql',
    './possible-types.json': './possible-types.json',
    './package.json': './package.json',
  },
  files: ['bin', 'console', 'deploy', 'docs', 'lib', '*.graphql', '*.json', '*.md', '*.txt'],
  // Only a build on a public CI can sign where a package comes from.
  publishConfig: { access: 'public', provenance: true },
};

for (const path of ['bin', 'README.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE'])
  cpSync(join(ROOT, path), join(PACKAGE, path), { recursive: true });
// `npm run build:console` comes first for a package with the console.
if (existsSync(join(ROOT, 'dist/console')))
  cpSync(join(ROOT, 'dist/console'), join(PACKAGE, 'console'), { recursive: true });
// What builds the image needs the sources.
for (const folder of ['grafana', 'kubernetes', 'opentelemetry', 'prometheus', 'systemd'])
  cpSync(join(ROOT, 'deploy', folder), join(PACKAGE, 'deploy', folder), { recursive: true });
// How to change the gateway concerns only those who have its sources.
const docs = globSync('docs/{,reference/}*.md', {
  cwd: ROOT,
  exclude: ['docs/{add-an-operation,architecture,recipes}.md'],
});
for (const path of docs) cpSync(join(ROOT, path), join(PACKAGE, path));
writeFileSync(join(PACKAGE, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
cpSync(join(ROOT, 'schema/possible-types.json'), join(PACKAGE, 'possible-types.json'));
cpSync(join(ROOT, 'packaging/index.js'), join(PACKAGE, 'lib/index.js'));
copyDeclarations('index.d.ts');
const sdl = execFileSync(process.execPath, [join(PACKAGE, BIN), 'print-schema'], { encoding: 'utf8' });
writeFileSync(join(PACKAGE, 'schema.graphql'), sdl);
/** Copies a file of declarations, and those that it imports. */
function copyDeclarations(path: string): void {
  const text = readFileSync(join(DECLARATIONS, path), 'utf8');
  const target = join(PACKAGE, 'lib/types', path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  for (const [, imported = ''] of text.matchAll(/from '(\.[^']+)\.(?:js|ts)';/g))
    copyDeclarations(join(dirname(path), `${imported}.d.ts`));
}
