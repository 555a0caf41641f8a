/** Loading takes as long as a blink, and a page asks several times for the same files. */
import { type Loaded, loadLibrary } from '../../bot/load/library.ts';
import { printOf, type Texts } from '../../bot/load/texts.ts';

const mostKept = 4;

/** The very same texts for those that are equal to the ones before: what is worked out of them is remembered with them. */
export function sameOnce(): (texts: Texts) => Texts {
  let last: Texts = {};
  return (texts) => {
    if (printOf(texts) !== printOf(last)) last = texts;
    return last;
  };
}

export function loadOnce(): (texts: Texts) => Loaded {
  const kept = new Map<string, Loaded>();
  return (texts) => {
    const print = printOf(texts);
    const loaded = kept.get(print) ?? loadLibrary(texts);
    kept.delete(print);
    kept.set(print, loaded);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return loaded;
  };
}
