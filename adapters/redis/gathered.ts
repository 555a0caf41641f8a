/** Small jobs for one key, gathered and done together: one command in place of many, sent along with whatever is sent next. */

export interface Gathered<Item> {
  /** Resolves when the item's job is done. Somebody has to call `send`. */
  add(key: number, item: Item): Promise<void>;
  /** Does what has been gathered so far. */
  send(): void;
}

export function gathered<Item>(work: (key: number, items: readonly Item[]) => Promise<unknown>): Gathered<Item> {
  let waiting = new Map<number, { items: Item[]; done: PromiseWithResolvers<void> }>();
  return {
    add(key, item) {
      const batch = waiting.get(key) ?? { items: [], done: Promise.withResolvers<void>() };
      batch.items.push(item);
      waiting.set(key, batch);
      return batch.done.promise;
    },
    send() {
      const batches = waiting;
      waiting = new Map();
      for (const [key, { items, done }] of batches) work(key, items).then(() => done.resolve(), done.reject);
    },
  };
}
