/** Takes the steps one after the other, and says how each of them stands. */
import { LineRefusal } from '../../../adapters/line/account.ts';
import { type Finding, type Step, wrong } from './step.ts';

export interface Run {
  /** check: only looks. plan: says what it would do. setup: does it. */
  readonly mode: 'check' | 'plan' | 'setup';
  readonly say: (line: string) => void;
}

/** How many things are wrong, and how many a person has to look at. */
export interface Outcome {
  readonly wrong: number;
  readonly look: number;
}

const marks = { right: '✓', wrong: '✗', look: '?' } as const;

export async function runSteps(steps: readonly Step[], { mode, say }: Run): Promise<Outcome> {
  const findings: Finding[] = [];
  for (const [index, step] of steps.entries()) {
    say(`\n[${index + 1}/${steps.length}] ${step.title}`);
    const found = await lookAt(step);
    const isWrong = found.some(({ state }) => state === 'wrong');
    const now = isWrong && step.mend && mode !== 'check' ? await mended(step, found, { mode, say }) : found;
    now.forEach(show);
    findings.push(...now);
    const isStopped = step.neededTo === 'look' || (step.neededTo === 'mend' && mode === 'setup');
    if (isStopped && now.some(({ state }) => state === 'wrong')) {
      say('\nここが直ってから、続きを進めます。');
      break;
    }
  }
  const count = (state: Finding['state']) => findings.filter((each) => each.state === state).length;
  return { wrong: count('wrong'), look: count('look') };

  function show(finding: Finding): void {
    for (const line of linesOf(finding)) say(`  ${line}`);
  }
}

/** What stands on the screen of a finding. */
export function linesOf(finding: Finding): string[] {
  const remedy = finding.state === 'right' ? [] : finding.remedy;
  return [`${marks[finding.state]} ${finding.says}`, ...remedy.map((line) => `    ${line}`)];
}

async function mended(step: Step, found: readonly Finding[], { mode, say }: Run): Promise<readonly Finding[]> {
  if (!step.mend) return found;
  if (mode === 'plan') {
    say(`  → ${step.mend.will}（--dry-run なので、していません）`);
    return [];
  }
  say(`  → ${step.mend.will}`);
  try {
    await step.mend.run((what) => say(`    ・${what}`));
  } catch (error) {
    return [refusal(error)];
  }
  return lookAt(step);
}

async function lookAt(step: Step): Promise<readonly Finding[]> {
  try {
    return [await step.look()].flat();
  } catch (error) {
    return [refusal(error)];
  }
}

/** What LINE's refusal means for whoever sets up; any other error is a fault of ours, and thrown on. */
export function refusal(error: unknown): Finding {
  if (!(error instanceof LineRefusal)) throw error;
  const { status, message } = error;
  const told = `LINE: ${status ?? ''} ${message}`;
  if (status === undefined)
    return wrong(
      `LINE から返事がありません（${message}）`,
      'ネットワークと LINE_API_BASE_URL を確かめて、もう一度実行してください。',
    );
  if (status === 401 || status === 403)
    return wrong(
      'LINE に断られました',
      told,
      '.env の LINE_CHANNEL_ID と LINE_CHANNEL_SECRET（または LINE_CHANNEL_ACCESS_TOKEN）が、このチャネルのものか確かめてください。',
    );
  if (status === 429)
    return wrong(
      'LINE の回数の上限を超えました',
      told,
      '1時間ほどおいて、もう一度実行してください。済んだ所は、そのままです。',
    );
  if (status >= 500)
    return wrong(
      'LINE が止まっているようです',
      told,
      'しばらくおいて、もう一度実行してください。済んだ所は、そのままです。',
    );
  return wrong('LINE に断られました', told, '直してから、もう一度実行してください。済んだ所は、そのままです。');
}
