/** The date picker: LINE sends the day to the bot, and shows nothing of it in the chat. */

import { byId } from '../../page/dom.js';
import { dayText, eraText } from './dates.js';

/** @import { ViewAction } from '../view.ts' */

const dialog = byId('date-dialog', HTMLDialogElement);
const title = byId('date-title', HTMLHeadingElement);
const input = byId('date', HTMLInputElement);
const read = byId('date-read', HTMLParagraphElement);

/** @type {((picked: string) => void) | undefined} */
let chosen;

input.addEventListener('input', showReading);
byId('date-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
byId('date-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  dialog.close();
  chosen?.(input.value);
});

/**
 * Opens the picker; `choose` is called with the day (YYYY-MM-DD, or with a time: YYYY-MM-DDTHH:mm), or never.
 * @param {Extract<ViewAction, { kind: 'pick-date' }>} picker
 * @param {(picked: string) => void} choose
 */
export function pickDate({ mode, label, min, max, initial }, choose) {
  title.textContent = label;
  input.type = mode === 'date' ? 'date' : 'datetime-local';
  Object.assign(input, { min, max, value: initial });
  chosen = choose;
  showReading();
  dialog.showModal();
}

function showReading() {
  const [on = '', time = ''] = input.value.split('T');
  read.textContent = on === '' ? '' : `${dayText(on)}　${eraText(on)}　${time}`.trim();
}
