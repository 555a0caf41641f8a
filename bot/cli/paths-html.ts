/** The page of all paths as one HTML file that needs nothing else: a section chief opens it from a file server, reads, prints and signs. */
import { escaped } from '../../adapters/html.ts';
import { conditionTexts } from '../dialogue/condition-text.ts';
import { headline } from '../dialogue/diagram.ts';
import type { Conditions, Flow, Language, Library } from '../dialogue/library.ts';
import type { Path } from '../dialogue/paths.ts';
import { nameOf } from '../dialogue/question-text.ts';
import type { Reply } from '../dialogue/types.ts';
import { mainLanguageOf } from '../load/library.ts';
import { isPlainDate } from '../rules/dates.ts';
import { allPaths, answerTexts, askedReplies, type Samples, whenText } from './paths-page.ts';

export function pathsHtml(flow: Flow, library: Library, samples: Samples): string {
  const language = mainLanguageOf(library);
  const walked = allPaths(flow, library, samples);
  const count = walked.reduce((sum, { paths }) => sum + paths.length, 0);
  const title = `${flow.title}: すべての道`;
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(String(library.officeFacts.city ?? ''))}の「更新ナビ」が聞くことと、答えることのすべてです（道の数: ${count}）。</p>
<p class="signature">内容を確かめました　　　年　　月　　日　　氏名</p>
<h2>聞くこと</h2>
<p>上から順に、条件に当てはまって、まだ答えのないものを聞きます。</p>
<ol class="flow">
${flow.ask.map((question) => step(nameOf(language, question), question.when, { flow, language }, askedReplies(question, walked[0]?.world))).join('\n')}
</ol>
<h2>伝えること</h2>
<p>当てはまるものを、すべてこの順で伝えます。</p>
<ol class="flow tells">
${flow.tell.map(({ text, when }) => step(headline(text, flow, language), when, { flow, language }, [])).join('\n')}
</ol>
<h2>すべての道</h2>
<p>押すと、その方が読む文が出ます。</p>
${walked.map(({ world, paths }) => `<h3>${escaped(whenText(world.now))}に聞いたとき</h3>\n${paths.map((path) => pathSection(path, { flow, language })).join('\n')}`).join('\n')}
</main>
</body>
</html>
`;
}

function step(
  name: string,
  when: Conditions,
  { flow, language }: { flow: Flow; language: Language },
  replies: readonly Reply[],
): string {
  const conditions = conditionTexts(when, flow, language);
  const shown = conditions.map((text) => `<li>${escaped(text)}</li>`).join('');
  return `<li><strong>${escaped(name)}</strong>${shown && `<ul class="when" aria-label="条件">${shown}</ul>`}${replies.map(bubble).join('')}</li>`;
}

/** What sets a path apart from those of the same person stands in its heading: the answers that are no dates. */
function pathSection(path: Path, context: { flow: Flow; language: Language }): string {
  const texts = answerTexts(path, context);
  const apart = texts.filter((_, index) => !isPlainDate(Object.values(path.answers)[index]));
  const answers = texts.map((answer) => `<li>${escaped(answer)}</li>`).join('');
  return `<details>
<summary>${[path.who, ...apart].map(escaped).join('　')}</summary>
<ul class="answers">${answers}</ul>
${path.replies.map(bubble).join('\n')}
</details>`;
}

function bubble({ text, card, choices }: Reply): string {
  const rows = card?.rows.map(({ label, value }) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`).join('');
  const parts = [
    card ? `<h3 class="${card.tone}">${escaped(card.title)}</h3><dl>${rows}</dl>` : '',
    card?.note ? `<p class="note">${escaped(card.note)}</p>` : '',
    text ? `<p>${escaped(text)}</p>` : '',
    choices.map(({ label }) => `<span class="choice">${escaped(label)}</span>`).join(''),
  ];
  return `<div class="bubble">${parts.join('')}</div>`;
}

/** Every pair of text and ground has a contrast of at least 4.5:1, in light and dark; printed, everything is open. */
const styles = `
:root { color-scheme: light dark; --ground: light-dark(#f4f6f8, #101214); --sheet: light-dark(#fff, #1f2328);
  --text: light-dark(#16191d, #eef0f2); --quiet: light-dark(#4a525b, #b3bbc4); --line: light-dark(#c9cfd6, #3b4249); }
body { margin: 0; font-family: system-ui, sans-serif; line-height: 1.7; color: var(--text); background: var(--ground); }
main { max-width: 46rem; margin: 0 auto; padding: 16px; }
h1 { font-size: 1.5rem; }
h2 { margin-top: 2.5rem; font-size: 1.2rem; }
p, dd { white-space: pre-line; overflow-wrap: anywhere; }
.signature { padding: 20px; border: 1px solid var(--line); background: var(--sheet); }
.flow { padding: 0; list-style: none; }
.flow > li { position: relative; margin-bottom: 28px; padding: 12px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); }
.flow:not(.tells) > li:not(:last-child)::after { content: "↓"; position: absolute; left: 50%; bottom: -28px; color: var(--quiet); }
.tells > li { margin-bottom: 8px; }
.when { display: flex; flex-wrap: wrap; gap: 6px; margin: 6px 0 0; padding: 0; list-style: none; }
.when li { padding: 0 10px; border: 1px dashed var(--line); border-radius: 99px; color: var(--quiet); font-size: .9rem; }
.bubble { margin: 10px 0; padding: 10px 14px; border-radius: 14px; border: 1px solid var(--line); background: var(--ground); }
.bubble p, .bubble dl, .bubble h3 { margin: 0 0 6px; }
.bubble h3 { padding: 4px 10px; border-radius: 8px; color: #fff; font-size: 1rem; background: #14663e; }
.bubble h3.wait { background: #24507d; }
.bubble h3.late { background: #9a2a20; }
dt { color: var(--quiet); font-size: .9rem; }
dd { margin: 0 0 4px; }
.note { color: var(--quiet); font-size: .9rem; }
.choice { display: inline-block; margin: 2px 6px 2px 0; padding: 0 12px; border: 1px solid var(--line); border-radius: 99px; }
details { margin-bottom: 8px; padding: 8px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); }
summary { cursor: pointer; }
@media print { details::details-content { content-visibility: visible; } details > * { break-inside: avoid; } }
`;
