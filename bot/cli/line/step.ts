/** A step of the set-up: looks whether something is right, and where LINE lets it, makes it so. */

export type Finding =
  | { readonly state: 'right'; readonly says: string }
  /** `remedy`: what to do, a line each. */
  | { readonly state: 'wrong'; readonly says: string; readonly remedy: readonly string[] }
  /** Only a person can see it, or decide it; or it is going to be done. */
  | { readonly state: 'look'; readonly says: string; readonly remedy: readonly string[] };

export interface Step {
  readonly title: string;
  /** May reject: LINE refuses, or does not answer. */
  look(): Promise<Finding | readonly Finding[]>;
  /** Makes right what is wrong. Done twice it is as if done once. */
  readonly mend?: {
    /** What it will do, as a sentence. */
    readonly will: string;
    /** `did`: told of each part that is done. */
    run(did: (what: string) => void): Promise<void>;
  };
  /** While this is wrong, nothing after it can be looked at, or nothing after it is done. */
  readonly neededTo?: 'look' | 'mend';
}

export const right = (says: string): Finding => ({ state: 'right', says });
export const wrong = (says: string, ...remedy: string[]): Finding => ({ state: 'wrong', says, remedy });
export const look = (says: string, ...remedy: string[]): Finding => ({ state: 'look', says, remedy });
