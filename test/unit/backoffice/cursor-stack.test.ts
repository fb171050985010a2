import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorStacks } from '../../../web/backoffice/src/shell/data/cursor-stack.ts';

describe('cursors of a list', () => {
  it('lead to every page that was paged through, also after a reload', () => {
    const storage = memoryStorage();
    const cursors = cursorStacks(storage);
    cursors.learn('members', 1, 'c1');
    cursors.learn('members', 2, 'c2');
    for (const known of [cursors, cursorStacks(storage)]) {
      expect([1, 2, 3, 4].map((page) => known.cursorOf('members', page))).toEqual([undefined, 'c1', 'c2', null]);
      expect(known.deepest('members')).toBe(3);
      expect(known.cursorOf('staff', 2)).toBeNull();
    }
  });

  it('are forgotten behind a page that came with another one', () => {
    const cursors = cursorStacks(memoryStorage());
    cursors.learn('members', 1, 'c1');
    cursors.learn('members', 2, 'c2');
    cursors.learn('members', 1, 'c1');
    expect(cursors.deepest('members')).toBe(3);
    cursors.learn('members', 1, 'other');
    expect([2, 3].map((page) => cursors.cursorOf('members', page))).toEqual(['other', null]);
    cursors.learn('members', 1, null);
    expect(cursors.deepest('members')).toBe(1);
  });

  it('never lead to a page by a cursor that another page came with', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.option(fc.constantFrom('a', 'b'), { nil: null }))), (learnt) => {
        const cursors = cursorStacks(memoryStorage());
        for (const [page, cursor] of learnt) {
          if (cursors.cursorOf('list', page) === null) continue;
          cursors.learn('list', page, cursor);
          expect(cursors.cursorOf('list', page + 1)).toBe(cursor);
        }
      }),
    );
  });

  it('are kept of the lists that were used last', () => {
    const cursors = cursorStacks(memoryStorage());
    for (let list = 0; list < 40; list += 1) cursors.learn(`list-${list}`, 1, 'c');
    expect([cursors.cursorOf('list-0', 2), cursors.cursorOf('list-39', 2)]).toEqual([null, 'c']);
  });

  it('start anew from what is no list of cursors', () => {
    for (const stored of ['{', '7', '[["members"]]', '[["members",[1]]]']) {
      expect([stored, cursorStacks(memoryStorage(stored)).deepest('members')]).toEqual([stored, 1]);
    }
  });
});

function memoryStorage(initial: string | null = null): Pick<Storage, 'getItem' | 'setItem'> {
  let stored = initial;
  return { getItem: () => stored, setItem: (_, value) => void (stored = value) };
}
