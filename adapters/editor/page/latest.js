/** Answers come in any order; only the one to the latest question is shown. */

/**
 * Gives what a promise brings, unless another one was asked for meanwhile: then it never comes.
 * @returns {<Value>(promise: Promise<Value>) => Promise<Value>}
 */
export function latestOnly() {
  let asked = 0;
  return async (promise) => {
    asked += 1;
    const mine = asked;
    const value = await promise;
    return mine === asked ? value : new Promise(() => {});
  };
}
