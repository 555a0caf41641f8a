/** A process under measurement: pinned to one core, stopped in its tracks while others are measured. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../bot/root.ts';
import { freePort } from '../support/redis.ts';

export interface Contender {
  readonly name: string;
  readonly url: string;
  /** From the start of the process to the first ready answer (ms). */
  readonly readyAfterMs: number;
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export const botCore = 0;

export async function startContender(
  name: string,
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<Contender> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn('taskset', ['-c', String(botCore), process.execPath, file], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH ?? '', PORT: String(port), ...environment },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const path = file.startsWith('bot/') ? '/readyz' : '/healthz';
  while (
    !(await fetch(url + path).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`${name} did not start`);
    await sleep(5);
  }
  return {
    name,
    url,
    readyAfterMs: performance.now() - startedAt,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
