/** The process cannot go on: the sentence that says why and what to do, and exit code 1. */
export function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
