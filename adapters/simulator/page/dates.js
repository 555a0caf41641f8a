/** Days as Japanese readers know them. */

/**
 * 「2026年1月14日（水）」
 * @param {string} on YYYY-MM-DD
 */
export function dayText(on) {
  return western.format(utc(on)).replace(/\((.)\)/, '（$1）');
}

/**
 * 「昭和55年3月3日」
 * @param {string} on YYYY-MM-DD
 */
export function eraText(on) {
  return japanese.format(utc(on));
}

const western = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
});
const japanese = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { timeZone: 'UTC', dateStyle: 'long' });

/** @param {string} on */
function utc(on) {
  return new Date(`${on}T00:00:00Z`);
}
