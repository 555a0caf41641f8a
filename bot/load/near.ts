/** What was meant by a name that does not exist. */
import { closest, distance } from 'fastest-levenshtein';

/** More slips than this, and it is another word. */
const mostSlips = 2;

/** 「「section」のまちがいではありませんか。」, or which names there are. */
export function didYouMean(
  name: string,
  names: readonly string[],
  show: (name: string) => string = (each) => each,
): string {
  const near = names.length > 0 ? closest(name, [...names]) : undefined;
  return near !== undefined && distance(name, near) <= mostSlips
    ? `「${show(near)}」のまちがいではありませんか。`
    : `ここで使えるのは ${names.join('、')} です。`;
}
