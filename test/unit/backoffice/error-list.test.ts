import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../web/backoffice/src/api.ts';
import { growingList, type ListState, type Page } from '../../../web/backoffice/src/logs/error-list.ts';

const signal = new AbortController().signal;

describe('a growing list', () => {
  it('goes on where the last page ended, until there is none', async () => {
    const { list, cursors } = listOf([page(['a', 'b'], 'c1'), page(['c'], null)]);
    await list.more(signal);
    expect(list.state).toEqual({ kind: 'ready', items: ['a', 'b'], hasMore: true, partial: false });
    await list.more(signal);
    expect(list.state).toEqual({ kind: 'ready', items: ['a', 'b', 'c'], hasMore: false, partial: false });
    expect(cursors).toEqual([undefined, 'c1']);
  });

  it('keeps what it has when a page fails, and asks for the same page again', async () => {
    const { list, cursors } = listOf([page(['a'], 'c1'), failure, page(['b'], null)]);
    await list.more(signal);
    await list.more(signal);
    expect(list.state).toMatchObject({ kind: 'failed', items: ['a'], problem: { kind: 'unavailable' } });
    await list.more(signal);
    expect([list.state.items, cursors]).toEqual([
      ['a', 'b'],
      [undefined, 'c1', 'c1'],
    ]);
  });

  it('follows an unfinished search by itself for a while, then leaves it to the reader', async () => {
    const empty = Array.from({ length: 6 }, (_, index) => page([], `c${index + 1}`, true));
    const { list, cursors } = listOf([...empty, page(['found'], null)]);
    await list.more(signal);
    expect(list.state).toEqual({ kind: 'ready', items: [], hasMore: true, partial: true });
    expect(cursors).toHaveLength(5);
    await list.more(signal);
    expect([list.state.items, cursors.at(-1)]).toEqual([['found'], 'c6']);
  });

  it('loads one page at a time, and tells everybody of each state', async () => {
    const { list, cursors } = listOf([page(['a'], 'c1'), page(['b'], null)]);
    const seen: ListState<string>['kind'][] = [];
    const stop = list.watch(({ kind }) => seen.push(kind));
    await Promise.all([list.more(signal), list.more(signal)]);
    expect([cursors, seen]).toEqual([[undefined], ['loading', 'ready']]);
    stop();
    await list.more(signal);
    expect(seen).toHaveLength(2);
  });

  it('is as it was when its page is left during a load', async () => {
    const leaving = new AbortController();
    const list = growingList<string>(() => Promise.reject(new Error('aborted')));
    leaving.abort();
    await list.more(leaving.signal);
    expect(list.state).toMatchObject({ kind: 'ready', items: [], hasMore: true });
  });
});

const failure: Outcome<Page<string>> = { ok: false, problem: { kind: 'unavailable', code: undefined, requestId: undefined } };

function page(items: string[], nextCursor: string | null, partial = false): Outcome<Page<string>> {
  return { ok: true, value: { items, nextCursor, partial } };
}

function listOf(answers: Outcome<Page<string>>[]) {
  const cursors: (string | undefined)[] = [];
  const list = growingList<string>((cursor) => {
    cursors.push(cursor);
    const answer = answers.shift();
    return answer === undefined ? Promise.reject(new Error('asked for more than there is')) : Promise.resolve(answer);
  });
  return { list, cursors };
}
