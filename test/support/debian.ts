/** Programs that the tests need beside npm's: found on this machine, or installed from Debian where that is possible without asking. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where the first of the commands is that is there, after installing the packages if none was; undefined: it cannot be had here. */
export function foundOrInstalled(commands: readonly string[], packages: readonly string[]): string | undefined {
  const found = () => commands.map(commandAt).find((place) => place !== undefined);
  // Tried once, by the first process: those that it starts know.
  const tried = `KOSHIN_TRIED_${packages[0]?.replaceAll('-', '_')}`;
  if (!found() && !process.env[tried]) install(packages);
  process.env[tried] = 'yes';
  return found();
}

export const findNginx = () => foundOrInstalled(['nginx'], ['nginx']);
export const findSystemd = () => foundOrInstalled(['systemd-analyze'], ['systemd']);
export const findOpenssl = () => foundOrInstalled(['openssl'], ['openssl']);

export function commandAt(command: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, command)).find((place) => existsSync(place));
}

function install(packages: readonly string[]): void {
  const options = {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 240_000,
  } as const;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  try {
    console.error(`    ${packages.join(', ')}: not here, installing with apt-get`);
    const update = process.env.KOSHIN_UPDATED ? [] : [['update']];
    process.env.KOSHIN_UPDATED = 'yes';
    for (const words of [...update, ['install', '-y', '--no-install-recommends', ...packages]]) {
      const [command = '', ...rest] = [...sudo, 'apt-get', ...words];
      execFileSync(command, rest, options);
    }
  } catch {
    // Said by the tests that are then skipped.
  }
}
