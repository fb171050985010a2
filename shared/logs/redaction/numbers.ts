/**
 * Numbers that stand for a person or their money.
 */

/** Leading digits and lengths of cards in use; ISO/IEC 7812. */
const schemes: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16] },
  { prefix: /^3(?:0[0-5]|[689])/, lengths: [14] },
  { prefix: /^6(?:011|4[4-9]|5)/, lengths: [16, 19] },
  { prefix: /^62/, lengths: [16, 17, 18, 19] },
];

/** A card's number: of a scheme in use, with its check digit right. One of forty numbers of 16 digits that are none passes. */
export function isCardNumber(digits: string): boolean {
  return schemes.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits)) && hasLuhnDigit(digits);
}

/** ISO/IEC 7812-1, annex B. */
function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Codes of the Ministry of Home Affairs. */
const province = '(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])';
const regency = '(?:0[1-9]|[12][0-9]|7[1-9])';
const district = '(?!00)[0-9]{2}';
const day = '(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])';
const month = '(?:0[1-9]|1[0-2])';
const nik = new RegExp(`^${province}${regency}${district}${day}${month}[0-9]{2}(?!0000)[0-9]{4}$`);

/**
 * An Indonesian identity number: province, regency (01 to 29, cities 71 to 79), district, date of birth (for women the day is 40 more), serial number.
 * One of eighty-five numbers of 16 digits that are none passes.
 */
export const isNik = (digits: string): boolean => nik.test(digits);
