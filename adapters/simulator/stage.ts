/** What all chats share: the stand-in LINE, the clock, and what staff wrote. */
import type { Now } from '../../bot/dialogue/types.ts';
import type { RichMenu } from './message-rules.ts';
import type { Platform } from './platform.ts';

export interface Stage {
  readonly platform: Platform;
  /** The day and time by the clock. */
  readonly clock: () => Now;
  /** What is at the foot of that resident's chat; undefined: nothing. */
  readonly menu: (resident: string) => StageMenu | undefined;
  /** The bot runs in this process: the page can show what goes on in it, and move its clock. */
  readonly knowsTheBot: boolean;
  /** What is wrong with the files that staff edit; the last good ones are in use. */
  readonly files: () => readonly FileProblem[];
  /** Somebody's clock has moved. */
  readonly pretended: () => void;
  /** How often they have been read again. */
  readonly readings: () => number;
}

/** `picture`: what the areas are drawn on, and where on it they lie (hundredths of its width and height). */
export interface StageMenu extends RichMenu {
  readonly picture?: {
    readonly id: string;
    readonly ratio: number;
    readonly places: readonly {
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }[];
  };
}

/** A mistake in a file that staff edit. */
export interface FileProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** How many characters are marked. */
  readonly length: number;
  readonly message: string;
  readonly remedy: string;
  /** The line itself. */
  readonly source: string;
}
