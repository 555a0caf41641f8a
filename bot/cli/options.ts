/** What a command was called with; a wrong call is answered with how to call it, `--help` with the same and no fault. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { stop } from './stop.ts';

export function readOptions<const Options extends ParseArgsOptionsConfig>(usage: string, options: Options) {
  if (process.argv.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch {
    return stop(usage);
  }
}
