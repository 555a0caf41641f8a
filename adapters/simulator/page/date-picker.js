/** The date picker: LINE sends the day to the bot, and shows nothing of it in the chat. */

import { byId } from '../../page/dom.js';
import { dayText, eraText } from './dates.js';

/** @import { ViewAction } from '../view.ts' */

const dialog = byId('date-dialog', HTMLDialogElement);
const title = byId('date-title', HTMLHeadingElement);
const input = byId('date', HTMLInputElement);
const read = byId('date-read', HTMLParagraphElement);

/** @typedef {`${number}-${number}-${number}`} PlainDate */

/** @type {((on: PlainDate) => void) | undefined} */
let chosen;

input.addEventListener('input', showReading);
byId('date-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
byId('date-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  dialog.close();
  chosen?.(/** @type {PlainDate} */ (input.value));
});

/**
 * Opens the picker; `choose` is called with the day (YYYY-MM-DD), or never.
 * @param {Extract<ViewAction, { kind: 'pick-date' }>} picker
 * @param {(on: PlainDate) => void} choose
 */
export function pickDate({ label, min, max, initial }, choose) {
  title.textContent = label;
  Object.assign(input, { min, max, value: initial });
  chosen = choose;
  showReading();
  dialog.showModal();
}

function showReading() {
  read.textContent = input.value === '' ? '' : `${dayText(input.value)}　${eraText(input.value)}`;
}
