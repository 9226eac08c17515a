/**
 * `npm run bench`: compares the gateway with L and its peers (compare.ts). `-- --profile W2` shows where the time goes
 * (profile.ts), `-- --curves` how it grows (curves.ts).
 */
const OTHERS: Readonly<Record<string, string>> = { '--profile': './profile.ts', '--curves': './curves.ts' };

const other = OTHERS[process.argv[2] ?? ''];
if (other !== undefined) process.argv.splice(2, 1);
await import(other ?? './compare.ts');
