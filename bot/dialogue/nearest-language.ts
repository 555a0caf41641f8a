/** The language of a phone → the one of the city's that its owner reads best. */

/** "zh-TW" → "zh-Hans" where there is no other Chinese; undefined where the city speaks nothing near it. */
export function nearestLanguage(tag: string | undefined, languages: Iterable<string>): string | undefined {
  const wanted = localeOf(tag);
  if (!wanted) return undefined;
  const near = [...languages].filter((each) => localeOf(each)?.language === wanted.language);
  return near.find((each) => localeOf(each)?.script === wanted.script) ?? near[0];
}

function localeOf(tag: string | undefined): Intl.Locale | undefined {
  try {
    return tag === undefined ? undefined : new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
}
