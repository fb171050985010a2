/**
 * Ids that stay.
 */
import { describe, expect, it } from 'vitest';
import { patternsOf } from './mined.ts';

const idOf = (...messages: string[]) => patternsOf(messages)[0]?.id;

describe('the id of a pattern', () => {
  it('names the version of the algorithm and is a known constant', () => {
    // A change here is a change of ids in every store: raise the version instead.
    expect(idOf('order 17 paid by 10.0.0.1')).toBe('pat_1_vwrse5tvqemlz727');
    expect(idOf('ready')).toBe('pat_1_6wmwkicdcotwmr6j');
  });

  it('is the same in files of other values', () => {
    expect(idOf('order 17 paid')).toBe(idOf('order 99 paid', 'order 100 paid'));
  });

  it('is the same where a digit or the length of a list varies in one file and not in another', () => {
    expect(idOf('link eth0 is up')).toBe(idOf('link eth0 is up', 'link eth1 is up'));
    expect(idOf('delete blk_1')).toBe(idOf('delete blk_1', 'delete blk_2 blk_3'));
    expect(idOf('size   5')).toBe(idOf('size 15'));
  });

  it('is another for another text', () => {
    expect(idOf('order 17 paid')).not.toBe(idOf('order 17 lost'));
  });
});
