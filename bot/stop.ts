/** The process cannot go on: the sentence that says why and what to do, and an exit code. */
export function stop(message: string, code = 1): never {
  console.error(message);
  process.exit(code);
}
