/** The rules that flows may name in `uses:`. A new procedure adds a line here. */
import { renewalRule } from './renewal-facts.ts';

export const rules = { renewal: renewalRule };

export type RuleName = keyof typeof rules;
