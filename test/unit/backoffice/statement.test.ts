import { describe, expect, it } from 'vitest';
import { bookOf, daysOf, statementAddress, statementFilters, timeOf } from '../../../web/backoffice/src/wallet/ledger/statement-filters.ts';
import { readAddress } from '../../../web/backoffice/src/shell/list/filters.ts';
import { formatOf } from '../../../web/backoffice/src/shell/format.ts';

const now = Date.parse('2026-11-21T18:30:00Z');

describe('the time of a statement', () => {
  it('is thirty days of Jakarta, where a day has begun that is not yet one in UTC', () => {
    expect(daysOf({}, now)).toEqual({ from: '2026-10-24', to: '2026-11-22' });
  });

  it('goes from the midnight of the first day to the one behind the last', () => {
    expect(timeOf({ from: '2026-11-01', to: '2026-11-01' })).toEqual({ from: '2026-10-31T17:00:00.000Z', to: '2026-11-01T17:00:00.000Z' });
  });

  it('ends where it is told to, and begins thirty days before', () => {
    expect(daysOf({ to: '2026-03-31' }, now)).toEqual({ from: '2026-03-02', to: '2026-03-31' });
  });
});

describe('the address of a statement', () => {
  it.each([
    ['clearing:midtrans:07', '/ledger/clearing%3Amidtrans/show?account=clearing%3Amidtrans%3A07'],
    ['fees:00', '/ledger/fees/show?account=fees%3A00'],
    // A member's id may well end in two digits behind a colon, and is no shard.
    ['member:12', '/ledger/member%3A12/show'],
  ])('of %s is %s', (account, address) => {
    expect(statementAddress(account)).toBe(address);
    expect(bookOf(account)).toBe(decodeURIComponent(address.split('/')[2] ?? ''));
  });

  it('takes no account that cannot be one', () => {
    const { values } = readAddress(statementFilters, '?account=../secrets&from=2026-02-30');
    expect(values).toEqual({});
  });
});

describe('amounts and countdowns', () => {
  it('are written as in Indonesia, whatever the language', () => {
    const words = (['id', 'en'] as const).map((language) => formatOf(language).rupiah(-1_250_000).replaceAll('\u00a0', ' '));
    expect(new Set(words)).toEqual(new Set(['-Rp 1.250.000']));
  });

  it('have hours only when there are some', () => {
    const { countdown } = formatOf('id');
    expect([0, 65, 3_599, 3_600, 90_061].map(countdown)).toEqual(['0:00', '1:05', '59:59', '1:00:00', '25:01:01']);
  });
});
