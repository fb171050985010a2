import { describe, expect, it } from 'vitest';
import { compareNames } from '#shared/wallet/withdrawals/name-check.ts';

describe('names of members and of account holders', () => {
  it.each([
    ['Sari Dewi', 'SARI DEWI', 'same'],
    ['Sari Dewi', 'Sari  Dewi.', 'same'],
    ['Hj. Sari Dewi, S.H.', 'SARI DEWI', 'same'],
    ["Nur 'Aini", 'NUR AINI', 'same'],
    ['Muhammad Rizky Pratama', 'MUHAMMAD RIZKY P', 'similar'],
    ['Muhammad Rizky Pratama Wijaya', 'MUHAMMAD RIZKY PRATA', 'similar'],
    ['Sari', 'SARI DEWI', 'similar'],
    ['Sari Dewi', 'BUDI SANTOSO', 'different'],
    ['Sari Dewi', 'DEWI SARI', 'different'],
    ['Sari Dewi', 'SARI LESTARI', 'different'],
    ['S Dewi', 'SARI DEWI', 'different'],
    ['…', 'SARI DEWI', 'different'],
    ['Sari Dewi', null, 'unknown'],
  ] as const)('%s and %s: %s', (one, other, expected) => {
    expect(compareNames(one, other)).toBe(expected);
  });

  it('are compared the same way from either side', () => {
    expect(compareNames('MUHAMMAD RIZKY P', 'Muhammad Rizky Pratama')).toBe('similar');
  });
});
