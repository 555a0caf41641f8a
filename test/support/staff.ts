/** Accounts for the console, made as an operator makes them. */
import { execFileSync } from 'node:child_process';
import { root } from '../../bot/root.ts';
import { nothingSet } from './bot-process.ts';

export const password = 'a-password-of-the-tests';

/** `npm run staff -- add NAME`, with the password on standard input. */
export function addStaff(name: string, environment: Readonly<Record<string, string>>, role = 'agent'): string {
  return execFileSync(process.execPath, ['bot/cli/staff.ts', 'add', name, '--role', role], {
    cwd: root,
    env: { ...nothingSet, PATH: process.env.PATH ?? '', ...environment },
    input: `${password}\n`,
    encoding: 'utf8',
  });
}
