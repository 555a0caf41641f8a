/** Staff's changes in the files: only what was changed is other than before, and two people's changes are told apart. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { isScalar, parse, parseDocument, visit } from 'yaml';
import { applyChange, type Change, type Place, type Value } from '../../bot/edit/change.ts';
import { draftOf, type Edit, withEdit } from '../../bot/edit/draft.ts';
import { formOf, isForm } from '../../bot/edit/sections.ts';
import { setValue, valueAt } from '../../bot/edit/splice.ts';
import { readTexts } from '../../bot/load/texts.ts';
import { root } from '../../bot/root.ts';

const texts = readTexts(root);
const calendar = 'content/calendar.yaml';
const faq = 'content/ja/faq.yaml';
const sunday = { on: '2027-03-14', periods: [{ opens: '09:00', closes: '12:00' }], note: '臨時窓口' };

/** Values of one file; translations are built as the Japanese is. */
const mostTried = (file: string) => (/^content\/(?!ja\/|procedures\/)[^/]+\//.test(file) ? 15 : 50);

describe('a value in a file', () => {
  for (const [file, text] of Object.entries(texts)) {
    it(`${file}: each can be changed, and nothing else changes with it`, () => {
      const values = valuesIn(file, text);
      // Not all of them, in turn with another kind of value: they are of the same few kinds, and each takes as long as its file is.
      const step = Math.max(3, Math.ceil(values.length / mostTried(file)));
      for (const [index, path] of values.filter((_, place) => place % step === 0).entries()) {
        const value = changed(valueAt(text, path))[index % 3] ?? '';
        const written = setValue(text, path, value);
        assert.deepEqual(valueAt(written, path), value);
        assert.deepEqual(commentsOf(written), commentsOf(text), `${path.join('.')}: the comments`);
        const { removed } = between(text, written);
        // What is gone lies in the lines of the value that stood there.
        assert.ok(removed.length <= String(valueAt(text, path)).length * 2 + 400, `${path.join('.')}: ${removed}`);
      }
    });

    it(`${file}: changed and changed back it is the same file, byte for byte`, () => {
      for (const path of valuesIn(file, text)) {
        const was = valueAt(text, path) as Value;
        const edits = [edit(1, { kind: 'set', file, path, was, becomes: 'ほかの文' })];
        const back = withEdit(edits, edit(2, { kind: 'set', file, path, was: 'ほかの文', becomes: was }));
        assert.equal(draftOf(texts, back).texts[file], text);
        assert.deepEqual(back, [], 'and nothing is left to publish');
      }
    });
  }

  it('is written in the way that the file is written', () => {
    const told = (change: Omit<Extract<Change, { kind: 'set' }>, 'kind' | 'was'>) =>
      between(texts[change.file] ?? '', setValue(texts[change.file] ?? '', change.path, change.becomes)).added;
    assert.equal(
      told({ file: faq, path: ['fee', 'answer'], becomes: '一行め\n二行め\n' }),
      '|\n    一行め\n    二行め',
    );
    assert.match(
      told({ file: 'content/ja/common.yaml', path: ['texts', 'menu', 'choices', 1, 'label'], becomes: '持ち物: 一覧' }),
      /"持ち物: 一覧"/,
    );
    assert.match(
      told({ file: 'content/ja/common.yaml', path: ['texts', 'rich-menu', 'text'], becomes: '二行\nある' }),
      /"二行\\nある"/,
    );
  });

  it('is added with its own lines at the end, and taken out again without a trace', () => {
    const entry = { asks: ['駐車場はある'], answer: '市役所の駐車場を使えます。', source: ['own'] };
    const added = setValue(texts[faq] ?? '', ['parking'], entry);
    assert.equal(
      between(texts[faq] ?? '', added).added.trim(),
      'parking:\n  asks: [駐車場はある]\n  answer: 市役所の駐車場を使えます。\n  source: [own]',
    );
    assert.equal(setValue(added, ['parking'], null).trimEnd(), texts[faq]?.trimEnd());
  });

  it('goes with the comment right above it, and not with what stands further up', () => {
    const text = '# 頭\n\n# a のこと\na: 1\n\n# b のこと\n# つづき\nb:\n  c: 2\nd: 3\n';
    assert.equal(setValue(text, ['b'], null), '# 頭\n\n# a のこと\na: 1\n\nd: 3\n');
  });

  it('is not written where a comment would be lost', () => {
    assert.throws(() => setValue('a: [x, # x のこと\n  y]\n', ['a'], ['x', 'y', 'z']), /a comment would be lost/);
  });

  it('in a list comes and goes with its line', () => {
    const [first, second] = [sunday, { ...sunday, on: '2027-03-28' }];
    const one = draftOf(texts, [edit(1, add(first))]).texts;
    const two = draftOf(one, [edit(2, add(second))]).texts;
    assert.match(
      two[calendar] ?? '',
      /\nextra openings:\n {2}- \{ on: "2027-03-14", periods: \[\{ opens: "09:00", closes: "12:00" \}\], note: 臨時窓口 \}\n {2}- \{ on: "2027-03-28".*\}\n$/,
    );
    const less = draftOf(two, [edit(3, { ...add(first), kind: 'remove' })]).texts;
    assert.deepEqual(parse(less[calendar] ?? '')['extra openings'], [second]);
    assert.equal(draftOf(less, [edit(4, { ...add(second), kind: 'remove' })]).texts[calendar], texts[calendar]);
  });
});

describe('the draft', () => {
  const set = (was: Value | null, becomes: Value | null, path: Place = ['fee', 'answer']): Change => ({
    kind: 'set',
    file: faq,
    path,
    was,
    becomes,
  });
  const was = valueAt(texts[faq] ?? '', ['fee', 'answer']) as string;

  it('keeps one edit for each place, against what is published', () => {
    const edits = [set(was, '一度め'), set('一度め', '二度め')].reduce<readonly Edit[]>(
      (list, change, index) => withEdit(list, edit(index, change)),
      [],
    );
    assert.deepEqual(
      edits.map(({ change }) => change),
      [set(was, '二度め')],
    );
    assert.deepEqual(withEdit(edits, edit(9, set('二度め', was))), []);
  });

  it('takes an addition and its end for nothing', () => {
    assert.deepEqual(withEdit([edit(1, add(sunday))], edit(2, { ...add(sunday), kind: 'remove' })), []);
  });

  it('counts what is changed in a new entry as part of it', () => {
    const entry = { asks: ['駐車場はある'], answer: 'はい。', source: ['own'] };
    const edits = withEdit(
      [edit(1, set(null, entry, ['parking']))],
      edit(2, set('はい。', 'あります。', ['parking', 'answer'])),
    );
    assert.deepEqual(
      edits.map(({ change }) => change),
      [set(null, { ...entry, answer: 'あります。' }, ['parking'])],
    );
  });

  it('refuses the second of two people, and says what stands there by now', () => {
    const first = draftOf(texts, [edit(1, set(was, '青木さんの文'))]).texts;
    assert.deepEqual(applyChange(first, set(was, '馬場さんの文')), { ok: false, why: 'other', now: '青木さんの文' });
    assert.ok(applyChange(first, set('青木さんの文', '馬場さんの文')).ok);
  });

  it('holds over what is published meanwhile, and shows where it no longer fits', () => {
    const mine = [edit(1, set(was, 'わたしの文')), edit(2, add(sunday))];
    const published = draftOf(texts, [edit(3, set(was, 'ほかの人の文'))]).texts;
    const draft = draftOf(published, mine);
    assert.deepEqual(
      draft.conflicts.map(({ edit: { id }, now }) => [id, now]),
      [['1', 'ほかの人の文']],
    );
    assert.match(draft.texts[calendar] ?? '', /2027-03-14/);
  });
});

describe('the form of a file', () => {
  for (const [file, text] of Object.entries(texts).filter(([name]) => isForm(name)))
    it(`${file}: every field has a heading, a label and the value that stands in the file`, () => {
      const { title, sections } = formOf(file, text);
      assert.notEqual(title, '');
      assert.ok(sections.length > 0);
      for (const section of sections) {
        assert.doesNotMatch(section.title, /^$|yaml-language-server|──/);
        for (const { path, value, label } of section.fields) {
          const stands = valueAt(text, path);
          assert.ok(isDeepStrictEqual(stands, value), `${path.join('.')}: ${label}`);
        }
      }
    });
});

function edit(at: number, change: Change): Edit {
  return { id: String(at), at, by: 'aoki', change };
}

function add(item: Value): Extract<Change, { kind: 'add' | 'remove' }> {
  return { kind: 'add', file: calendar, path: ['extra openings'], item };
}

/** Other values that a clerk may type: longer, of several lines with all that YAML stumbles over, one that looks like something else. */
function changed(value: Value | null): Value[] {
  return [`${value}。`, '一行め: # と「{expiresOn}」\n\n- 二行め\n', 'yes'];
}

/** Where the words of a file stand, as a form offers them; in a file without a form, all of them. */
function valuesIn(file: string, text: string): Place[] {
  if (isForm(file))
    return formOf(file, text).sections.flatMap(({ fields }) =>
      fields.filter(({ value }) => typeof value === 'string').map(({ path }) => path),
    );
  return Object.keys(parse(text) as object)
    .map((key) => [key])
    .filter((path) => typeof valueAt(text, path) === 'string');
}

function commentsOf(text: string): string[] {
  const comments: string[] = [];
  const note = (comment: string | null | undefined) => comment && comments.push(...comment.split('\n'));
  const document = parseDocument(text);
  note(document.commentBefore);
  visit(document, {
    Node(_, node) {
      note(node.commentBefore);
      if (!isScalar(node) || node.type !== 'BLOCK_LITERAL') note(node.comment);
    },
  });
  note(document.comment);
  return comments
    .map((comment) => comment.trim())
    .filter((comment) => comment !== '')
    .sort();
}

/** What is gone and what is new, between the first and the last character that differ. */
function between(before: string, after: string): { removed: string; added: string } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { removed: before.slice(start, before.length - end), added: after.slice(start, after.length - end) };
}
