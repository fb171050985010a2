import { describe, expect, it } from 'vitest';
import { paymentMethods } from '#shared/payments/payment.ts';
import { problemOf } from '../../../web/deposit/src/api/problem.ts';
import { forgetWish, keyOfWish } from '../../../web/deposit/src/open/attempt.ts';
import { fieldOf, wishErrors } from '../../../web/deposit/src/open/check-wish.ts';
import { groupedMethods, quickAmounts } from '../../../web/deposit/src/open/methods.ts';
import { takeLink } from '../../../web/deposit/src/shell/link.ts';
import { pathOf, routeOf } from '../../../web/deposit/src/shell/route.ts';
import { shelfOn } from '../../../web/deposit/src/shell/storage.ts';
import { en } from '../../../web/deposit/src/text/en.ts';
import { roomText } from '../../../web/deposit/src/text/texts.ts';

const offers = paymentMethods.map((method) => ({ method, amountRupiahMin: 10_000, amountRupiahMax: 10_000_000, lifetimeSeconds: 1_800 }));
const offer = offers[0];
const wish = { method: 'qris', amountRupiah: 50_000 } as const;

describe('the key of a wish', () => {
  it('is the same for the same wish until it is answered, and another for another', () => {
    const shelf = shelfOn(() => null);
    let made = 0;
    const newKey = (): string => `key-${(made += 1)}`;
    expect([keyOfWish(wish, shelf, newKey), keyOfWish(wish, shelf, newKey)]).toEqual(['key-1', 'key-1']);
    expect(keyOfWish({ ...wish, amountRupiah: 60_000 }, shelf, newKey)).toBe('key-2');
    forgetWish(shelf);
    expect(keyOfWish({ ...wish, amountRupiah: 60_000 }, shelf, newKey)).toBe('key-3');
  });
});

describe('a wish', () => {
  const errors = (digits: string, chosen = offer, roomRupiah = 2_000_000) =>
    wishErrors({ digits, offer: chosen, roomRupiah }, en, (amount) => `Rp ${amount}`);

  it('is told what is missing and what is out of range before it is sent', () => {
    expect(wishErrors({ digits: '', offer: undefined, roomRupiah: 0 }, en, String)).toEqual({
      amount: en.open.amountMissing,
      method: en.open.methodMissing,
    });
    expect(errors('0')).toEqual({ amount: en.open.amountMissing });
    expect(errors('9999')).toEqual({ amount: 'QRIS takes at least Rp 10000.' });
    expect(errors('10000001', offer, 20_000_000)).toEqual({ amount: 'QRIS takes at most Rp 10000000.' });
    expect(errors('2000001')).toEqual({ amount: 'Your limits leave room for Rp 2000000.' });
    expect([errors('10000'), errors('2000000')]).toEqual([{}, {}]);
  });

  it('has its refusal beside the field that it is about', () => {
    expect(['deposits.over-limit', 'deposits.method-unavailable', 'deposits.too-many-open', undefined].map(fieldOf)).toEqual([
      'amount',
      'method',
      undefined,
      undefined,
    ]);
  });
});

describe('a refusal of the API', () => {
  const refusal = (body: object) => problemOf(new Response(JSON.stringify(body), { status: 409 }));

  it('is told with what would still fit, where the API says so', async () => {
    const over = await refusal({ code: 'deposits.over-limit', room: { roomRupiah: 1_250_000, limit: 'balance' } });
    expect(roomText(over, en, (amount) => `Rp ${amount}`)).toBe('Your limits leave room for Rp 1250000.');
    expect(roomText(await refusal({ code: 'deposits.over-limit', room: 'none' }), en, String)).toBe('');
    expect(roomText(await refusal({ code: 'deposits.too-many-open' }), en, String)).toBe('');
  });
});

describe('methods', () => {
  it('are all there, in their groups, and no group is empty', () => {
    const groups = groupedMethods(offers);
    expect(groups.map(({ group }) => group)).toEqual(['qris', 'va', 'ewallet', 'manual']);
    expect(groups.flatMap((one) => one.offers)).toEqual(offers);
    expect(groupedMethods(offers.slice(0, 1)).map(({ group }) => group)).toEqual(['qris']);
  });

  it('offer quick amounts that they take and that may come in', () => {
    expect(quickAmounts(undefined, 150_000)).toEqual([20_000, 50_000, 100_000]);
    expect(quickAmounts(offer && { ...offer, amountRupiahMin: 50_000 }, 500_000)).toEqual([50_000, 100_000, 200_000, 500_000]);
    expect(quickAmounts(offer, 0)).toEqual([]);
  });
});

describe('the page', () => {
  it('takes the link out of the address and keeps it for the tab, and no longer', () => {
    const shelf = shelfOn(() => null);
    let forgotten = 0;
    const forget = (): void => void (forgotten += 1);
    expect(takeLink({ hash: '' }, shelf, forget)).toBeUndefined();
    expect(takeLink({ hash: '#a.b' }, shelf, forget)).toBe('a.b');
    expect(takeLink({ hash: '' }, shelf, forget)).toBe('a.b');
    expect(takeLink({ hash: '#c.d' }, shelf, forget)).toBe('c.d');
    expect(forgotten).toBe(2);
    expect(
      takeLink(
        { hash: '' },
        shelfOn(() => null),
        forget,
      ),
    ).toBeUndefined();
  });

  it('finds its places by their paths, and its beginning by any other', () => {
    for (const route of [{ name: 'list' }, { name: 'open' }, { name: 'deposit', id: 'dep_1a' }] as const) {
      expect(routeOf(pathOf(route))).toEqual(route);
    }
    expect(['/index.html', '/deposits/', '/deposits/a/b', '/deposits/%2e%2e'].map((path) => routeOf(path).name)).toEqual(
      Array.from({ length: 4 }, () => 'list'),
    );
  });

  it('does without a storage that throws, and without one that is none', () => {
    for (const storageOf of [
      () => null,
      (): Storage => {
        throw new Error('SecurityError');
      },
    ]) {
      const shelf = shelfOn(storageOf);
      shelf.write('name', 'text');
      expect(shelf.read('name')).toBe('text');
      shelf.remove('name');
      expect(shelf.read('name')).toBeUndefined();
    }
  });
});
