import { spawnSync } from 'node:child_process';

/** Whether a program is in the PATH. In CI every one counts as installed, so that its tests fail rather than being skipped. */
export function isInstalled(program: string): boolean {
  return Boolean(process.env['CI']) || spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
