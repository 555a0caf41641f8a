/** Somebody waits, or has written: a number in the tab's title, and a sound. */
import { byId } from '../../page/dom.js';

/** @import { ConsoleView } from '../console-view.ts' */

const title = document.title;

/**
 * @param {ConsoleView} view
 * @param {ConsoleView | undefined} before
 */
export function attention(view, before) {
  const { waiting } = view.numbers;
  document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
  if (before && wordsFor(view) > wordsFor(before) && byId('sound', HTMLInputElement).checked) chime();
}

/**
 * What this clerk has to hear of: everything in the queue, and in their own talks.
 * @param {ConsoleView} view
 */
function wordsFor({ me, tickets }) {
  return tickets
    .filter(({ state, agent }) => state === 'waiting' || (state === 'taken' && agent === me.name))
    .flatMap(({ entries }) => entries)
    .filter(({ by }) => by === 'resident').length;
}

/** Two soft notes. A browser lets a page sound only once somebody has clicked in it. */
function chime() {
  const context = new AudioContext();
  for (const [at, pitch] of [
    [0, 660],
    [0.15, 880],
  ]) {
    const [note, volume] = [context.createOscillator(), context.createGain()];
    note.frequency.value = pitch ?? 0;
    volume.gain.setValueAtTime(0.15, context.currentTime + (at ?? 0));
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + (at ?? 0) + 0.3);
    note.connect(volume).connect(context.destination);
    note.start(context.currentTime + (at ?? 0));
    note.stop(context.currentTime + (at ?? 0) + 0.3);
  }
  setTimeout(() => void context.close(), 1_000);
}
