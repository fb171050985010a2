import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16, makeQris, parseQris, type QrisRequest, withAmount } from '#shared/payments/qris.ts';

const shop: QrisRequest = {
  acquirer: 'ID.CO.CONTOH.WWW',
  merchantAccount: '936000010000000001',
  nmid: 'ID1020304050607',
  merchantName: 'XM INDONESIA',
  city: 'JAKARTA',
  amountRupiah: 123_456,
  reference: 'dep_1',
};

const field = (id: string, value: string): string => `${id}${String(value.length).padStart(2, '0')}${value}`;

/** As gateways write them: the amount behind the postal code, and additional data in no order. */
function gatewayCode(amount: string): string {
  const account = field('26', `${field('00', 'COM.CONTOH.WWW')}${field('01', '93600001')}`);
  const head = [field('00', '01'), field('01', '12'), account, field('52', '6540'), field('53', '360'), field('58', 'ID')];
  const tail = [field('59', 'TOKO'), field('60', 'DEPOK'), field('61', '10110'), field('54', amount)];
  const body = `${[...head, ...tail].join('')}${field('62', `${field('07', 'A01')}${field('05', 'REF-1')}`)}6304`;
  return `${body}${crc16(body)}`;
}

describe('QRIS', () => {
  it('knows the checksum of the standard', () => {
    expect(crc16('123456789')).toBe('29B1');
  });

  it('reads what it makes', () => {
    const payload = makeQris(shop);
    expect(payload).toMatch(/^000201010212.*6304[0-9A-F]{4}$/);
    expect(parseQris(payload)).toMatchObject({
      isDynamic: true,
      amountRupiah: 123_456,
      merchantName: 'XM INDONESIA',
      city: 'JAKARTA',
      reference: 'dep_1',
    });
  });

  it('finds the amount wherever it stands', () => {
    expect(parseQris(gatewayCode('100000.00'))).toMatchObject({ amountRupiah: 100_000, merchantName: 'TOKO', reference: 'REF-1' });
  });

  it.each(['100000.50', '-1', '0', 'abc', '1e5'])('takes no code with the amount %s', (amount) => {
    expect(parseQris(gatewayCode(amount))).toBeUndefined();
  });

  it('makes a static code of a till into one for an amount', () => {
    const till = makeQris({ ...shop, amountRupiah: null, reference: null });
    expect(parseQris(till)).toMatchObject({ isDynamic: false, amountRupiah: null });
    const code = withAmount(till, 50_123) ?? '';
    expect(parseQris(code)).toMatchObject({ isDynamic: true, amountRupiah: 50_123, merchantName: 'XM INDONESIA' });
    expect(parseQris(withAmount(code, 7) ?? '')).toMatchObject({ amountRupiah: 7 });
    expect(withAmount('nonsense', 1)).toBeUndefined();
  });

  it('notices every character that was changed', () => {
    const payload = makeQris(shop);
    fc.assert(
      fc.property(fc.nat(payload.length - 1), fc.integer({ min: 0x20, max: 0x7e }), (at, code) => {
        const changed = `${payload.slice(0, at)}${String.fromCharCode(code)}${payload.slice(at + 1)}`;
        // Capital and small hexadecimal digits are the same checksum.
        fc.pre(changed.toUpperCase() !== payload.toUpperCase() || at < payload.length - 4);
        fc.pre(changed !== payload);
        expect(parseQris(changed)).toBeUndefined();
      }),
    );
  });

  it('never throws, whatever it is given to read', () => {
    const sealedText = fc.string({ maxLength: 200 }).map((text) => `${text}6304${crc16(`${text}6304`)}`);
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 600 }), sealedText), (text) => {
        const amount = parseQris(text)?.amountRupiah ?? 1;
        expect(Number.isSafeInteger(amount) && amount > 0).toBe(true);
      }),
    );
  });

  it.each<Partial<QrisRequest>>([
    { amountRupiah: 0 },
    { amountRupiah: 1.5 },
    { merchantAccount: 'x'.repeat(100) },
    { merchantName: 'WARUNG é' },
    { merchantAccount: '' },
  ])('makes no code of %o', (over) => {
    expect(() => makeQris({ ...shop, ...over })).toThrow(RangeError);
  });
});
