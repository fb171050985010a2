import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ErrorFilters,
  filterQuery,
  hasFilters,
  levels,
  logAddress,
  noFilters,
  parseLogRoute,
  windows,
} from '../../../web/backoffice/src/logs/log-routes.ts';

const now = Date.UTC(2026, 10, 21, 12);

describe('an address', () => {
  it('restores every filter, whatever was typed', () => {
    const instant = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toISOString());
    const filters: fc.Arbitrary<ErrorFilters> = fc
      .record({
        file: fc.option(fc.stringMatching(/^log_[0-9a-z]{25}$/), { nil: undefined }),
        level: fc.option(fc.constantFrom(...levels), { nil: undefined }),
        window: fc.constantFrom(...windows.filter((window) => window !== 'custom')),
        text: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { nil: undefined }),
        span: fc.option(fc.tuple(fc.option(instant, { nil: undefined }), instant), { nil: undefined }),
      })
      .map(({ file, level, text, window, span }) => {
        const [from, to] = span ?? [];
        return { file, level, text, window: span === undefined ? window : 'custom', from, to };
      });
    fc.assert(
      fc.property(filters, fc.constantFrom('errors' as const, 'error' as const), (given, page) => {
        const route = page === 'errors' ? { page, filters: given } : { page, errorId: 'err_0a1', filters: given };
        const url = new URL(logAddress(route), 'http://site');
        expect(parseLogRoute(url.pathname, url.search)).toEqual(route);
      }),
    );
  });

  it('is short while nothing is filtered', () => {
    expect(logAddress({ page: 'files' })).toBe('/');
    expect(logAddress({ page: 'errors', filters: noFilters })).toBe('/errors');
    expect([hasFilters(noFilters), hasFilters({ ...noFilters, level: 'fatal' })]).toEqual([false, true]);
  });

  it('that was cut or edited loses what it cannot mean, and nothing else', () => {
    const { filters } = parseLogRoute('/errors', '?level=loud&window=yesterday&from=soon&file=../x&text=ok') as { filters: ErrorFilters };
    expect(filters).toEqual({ ...noFilters, text: 'ok' });
    expect(parseLogRoute('/errors/', '')).toBeUndefined();
    expect(parseLogRoute('/errors/err_1/more', '')).toBeUndefined();
    expect(parseLogRoute('/elsewhere', '')).toBeUndefined();
  });
});

describe('the query of the list', () => {
  it('opens a relative window as long ago as it says, without an end', () => {
    expect(filterQuery({ ...noFilters, window: '24h', level: 'error' }, now)).toMatchObject({
      level: 'error',
      from: '2026-11-20T12:00:00.000Z',
    });
    expect(filterQuery({ ...noFilters, window: '24h' }, now)).not.toHaveProperty('to');
    expect(filterQuery(noFilters, now)).not.toHaveProperty('from');
  });

  it('takes a range of its own as it is', () => {
    const from = '2026-11-01T00:00:00.000Z';
    expect(filterQuery({ ...noFilters, window: 'custom', from }, now)).toMatchObject({ from, to: undefined });
  });
});
