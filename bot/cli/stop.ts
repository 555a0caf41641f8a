/** A command that cannot do what it was called for: why, what to do, and exit code 2. */
export function stop(message: string): never {
  console.error(message);
  process.exit(2);
}
