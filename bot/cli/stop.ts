/** A wrong call: the sentence that says how to call it, and exit code 2. */
export function stop(message: string): never {
  console.error(message);
  process.exit(2);
}
