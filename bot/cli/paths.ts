/** `npm run paths`: rewrites test/paths/*.md, a page of all paths for each flow that has samples beside it. */
import { existsSync, writeFileSync } from 'node:fs';
import { loadLibrary } from '../load/library.ts';
import { showProblems } from '../load/problem.ts';
import { pathsPage, readSamples } from './paths-page.ts';
import { root } from './root.ts';

const loaded = loadLibrary(root);
if (!loaded.ok) {
  console.error(showProblems(loaded.problems));
  process.exit(1);
}
for (const flow of loaded.library.flows.values()) {
  const samples = `${root}/test/paths/${flow.id}.yaml`;
  if (!existsSync(samples)) {
    console.error(`test/paths/${flow.id}.yaml がないので、${flow.title}のページは作れません。`);
    process.exitCode = 1;
    continue;
  }
  writeFileSync(`${root}/test/paths/${flow.id}.md`, pathsPage(flow, loaded.library, readSamples(samples)));
  console.log(`test/paths/${flow.id}.md を書きました。`);
}
