/** 「カードは、市役所でもらいます」 → 「カードは、市役所で もらいます」: spaces between phrases, where readers of やさしい日本語 expect them. */
import { loadDefaultJapaneseParser } from 'budoux';

let parser: ReturnType<typeof loadDefaultJapaneseParser> | undefined;

/** Lines, names in braces, addresses, and readings in brackets stay as they are. */
export function withSpaces(text: string): string {
  return text
    .split(/(\n|\{[^}]*\}|https?:\S+|（[^）]*）)/)
    .map((part) => (/^(?:\n|\{|https?:|（)/.test(part) || part === '' ? part : spaced(part)))
    .join('');
}

function spaced(text: string): string {
  parser ??= loadDefaultJapaneseParser();
  // Marks keep words apart well enough.
  return parser
    .parse(text)
    .join(' ')
    .replace(/ +(?=[「」】、。!?！？\s])|(?<=[、。「・【\s]) +/g, '');
}
