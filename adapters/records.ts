/**
 * Small collections: tickets, accounts, who is signed in, the editors' draft. Each record has a version and a life; a write names the version it
 * was made from, so that of two clerks who take the same ticket one wins.
 */

export interface Records<Value> {
  /** Undefined: not there, or nothing readable; version null: nothing there. */
  load(id: string): Promise<{ readonly value: Value | undefined; readonly version: string | null }>;
  /** Writes only if nobody wrote since that version (null: nothing was there). */
  save(id: string, value: Value, how: { readonly version: string | null; readonly lifeMs: number }): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** The ids of all that live. */
  ids(): Promise<readonly string[]>;
  /** Another number after every change, by whichever process. */
  changes(): Promise<number>;
}

/** Tries again while others write; undefined from `change`: nothing is to be written. Gives what stands there afterwards. */
export async function changeRecord<Value>(
  records: Records<Value>,
  id: string,
  { lifeMs, change }: { lifeMs: (value: Value) => number; change: (value: Value | undefined) => Value | undefined },
): Promise<Value | undefined> {
  for (;;) {
    const { value, version } = await records.load(id);
    const changed = change(value);
    if (changed === undefined) return value;
    if (await records.save(id, changed, { version, lifeMs: lifeMs(changed) })) return changed;
  }
}

/** All that live, in no order. */
export async function allOf<Value>(records: Records<Value>): Promise<Value[]> {
  const loaded = await Promise.all((await records.ids()).map((id) => records.load(id)));
  return loaded.flatMap(({ value }) => (value === undefined ? [] : [value]));
}
