import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorFilters, errorQuery, levels, wordsOf } from '../../../web/backoffice/src/logs/error-filters.ts';
import { windows } from '../../../web/backoffice/src/logs/time-window.ts';
import { day, hasFilters, instant, oneOf, readAddress, textUpTo, writeAddress } from '../../../web/backoffice/src/shell/list/filters.ts';

const filters = { q: textUpTo(20), status: oneOf(['basic', 'banned']), from: day, at: instant };

describe('the address of a list', () => {
  it('restores every filter and the page, whatever was typed', () => {
    const moment = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') });
    const values = fc.record(
      {
        q: fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => text.trim() === text && text !== '' && text.length <= 20),
        status: fc.constantFrom('basic', 'banned'),
        from: moment.map((date) => date.toISOString().slice(0, 10)),
        at: moment.map((date) => date.toISOString()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 99 }), (given, page) => {
        expect(readAddress(filters, writeAddress({ values: given, page }))).toEqual({ values: given, page });
      }),
    );
  });

  it('is the same for the same filters, whichever was set first', () => {
    const address = writeAddress({ values: { status: 'banned', q: 'sari' }, page: 2 });
    expect([address, writeAddress({ values: { q: 'sari', status: 'banned' }, page: 2 })]).toEqual([
      address,
      '?q=sari&status=banned&page=2',
    ]);
  });

  it('is short while nothing is filtered', () => {
    expect([writeAddress({ values: {} }), writeAddress({ values: { q: undefined }, page: 1 })]).toEqual(['', '']);
    expect([hasFilters({}), hasFilters({ q: undefined }), hasFilters({ q: 'x' })]).toEqual([false, false, true]);
  });

  it('that was cut or edited loses what it cannot mean, and nothing else', () => {
    const edited = '?status=loud&from=2026-02-30&at=soon&page=-2&q=ok&more=1';
    expect(readAddress(filters, edited)).toEqual({ values: { q: 'ok' }, page: 1 });
    expect(readAddress(filters, '?q=%20%20&page=1.5')).toEqual({ values: {}, page: 1 });
    expect(readAddress(filters, `?q=${'x'.repeat(30)}`).values.q).toHaveLength(20);
  });
});

describe('filters of the error list', () => {
  const now = Date.UTC(2026, 10, 21, 12);
  const read = (search: string) => readAddress(errorFilters, search).values;

  it('open a relative window as long ago as it says, without an end', () => {
    expect(errorQuery(read('?window=24h&level=error&from=2020-01-01'), now)).toEqual({ level: 'error', from: '2026-11-20T12:00:00.000Z' });
    for (const window of windows.filter((each) => each !== 'custom')) expect(errorQuery({ window }, now)).not.toHaveProperty('to');
    expect(errorQuery({}, now)).toEqual({});
  });

  it('take a range of its own as it is', () => {
    const from = '2026-11-01T00:00:00.000Z';
    expect(errorQuery(read(`?window=custom&from=${from}`), now)).toEqual({ from });
  });

  it.each([
    ['disk full', ['disk', 'full']],
    ['  "disk full"  timeout ', ['disk full', 'timeout']],
    ['"disk fu', ['disk fu']],
    ['order:"no such"x ""', ['order:', 'no such', 'x']],
    [undefined, []],
  ])('cut %j into words and phrases', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('ask for every word of the one field and none of the other', () => {
    expect(errorQuery(read('?text=a+"b+c"&exclude=d&pattern=pat_1_x&service=s'), now)).toEqual({
      include: 'a\nb c',
      exclude: 'd',
      pattern: 'pat_1_x',
      service: 's',
    });
  });

  it('know the levels of the API and no path of another file', () => {
    expect(read(`?level=${levels[1]}&file=../x`)).toEqual({ level: 'fatal' });
  });
});
