/** The privacy notice: what is asked and why, what is kept, where and how long, how to erase it. Its sections are texts like any other. */
import { type CommonText, commonTexts } from './common-texts.ts';
import type { Language, Library } from './library.ts';
import type { PrivacyNotice, PrivacySection } from './types.ts';
import { fill, variantOf } from './words.ts';

/** One for each language. The first line of a text is its heading. */
export function privacyNotices({ languages, officeFacts }: Library): PrivacyNotice[] {
  return [...languages.values()].map((language) => ({
    language: language.tag,
    name: language.name,
    sections: keys.map((key) => sectionOf(key, language, { ...officeFacts, ...language.officeFacts })),
  }));
}

const keys = Object.keys(commonTexts).filter((key) => key.startsWith('privacy')) as CommonText[];

function sectionOf(key: CommonText, language: Language, facts: Library['officeFacts']): PrivacySection {
  const text = variantOf(language.texts.get(`common.${key}`), facts)?.text ?? [];
  const [heading = '', ...lines] = fill(text, facts, language).trim().split('\n');
  return { heading, lines };
}
