import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caretBefore, digitsOf, digitsOfPasted, groupedDigits, rupiahText } from '../../../web/deposit/src/money/rupiah.ts';

describe('rupiah', () => {
  it('are written with the separators of the language, and a blank that does not break', () => {
    expect([0, 999, 1_000, 150_087, 40_000_000].map((amount) => rupiahText(amount, 'id'))).toEqual([
      'Rp\u00A00',
      'Rp\u00A0999',
      'Rp\u00A01.000',
      'Rp\u00A0150.087',
      'Rp\u00A040.000.000',
    ]);
    expect(rupiahText(1_500_000, 'en')).toBe('Rp\u00A01,500,000');
  });

  it('are read again as what they were, in either language, typed or pasted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), fc.constantFrom('id' as const, 'en' as const), (amount, language) => {
        const text = rupiahText(amount, language);
        expect([digitsOf(text), digitsOfPasted(text)]).toEqual([String(amount), String(amount)]);
      }),
    );
  });

  it('lose what is no digit, leading zeros, and digits that no amount has', () => {
    expect(['', 'abc', '007', '000', '1-2', '٣', '123456789012345'].map(digitsOf)).toEqual(['', '', '7', '0', '12', '', '12345678901']);
  });

  it('are whole when a fraction is pasted: no separator makes an amount a hundred times as much', () => {
    const pasted = ['Rp 150.000,00', '150,000.00', ' 150000.5 ', '150.000', '1.50', '10 000'];
    expect(pasted.map(digitsOfPasted)).toEqual(['150000', '150000', '150000', '150000', '1', '10000']);
    // While typing, the same text is what is left of 1.500.
    expect(digitsOf('1.50')).toBe('150');
  });

  it('keep the caret before as many digits as it was', () => {
    expect([0, 1, 3, 4, 6, 9].map((after) => caretBefore('150.000', after))).toEqual([7, 6, 4, 2, 0, 0]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), fc.nat(11), (amount, after) => {
        const text = groupedDigits(String(amount), 'id');
        const behind = text.slice(caretBefore(text, after)).replaceAll('.', '');
        expect(behind.length).toBe(Math.min(after, String(amount).length));
      }),
    );
  });
});
