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

/** A card's number: of a scheme in use, with its check digit right. One of a hundred other numbers of these lengths passes. */
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

const nikPattern = /^(?<province>\d\d)(?<regency>\d\d)(?<district>\d\d)(?<day>\d\d)(?<month>\d\d)\d\d(?<serial>\d{4})$/;
/** Codes of the Ministry of Home Affairs. */
const provinces = /^(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])$/;

/**
 * An Indonesian identity number: province, regency (01 to 29, cities 71 to 79), district, date of birth (for women the day is 40 more), serial number.
 * One of sixty other numbers of 16 digits passes.
 */
export function isNik(digits: string): boolean {
  const { province = '', regency = '', district, day, month, serial } = nikPattern.exec(digits)?.groups ?? {};
  const dayOfMonth = Number(day) > 40 ? Number(day) - 40 : Number(day);
  const isRegency = (regency > '00' && regency < '30') || (regency > '70' && regency < '80');
  const isBirth = dayOfMonth >= 1 && dayOfMonth <= 31 && Number(month) >= 1 && Number(month) <= 12;
  return provinces.test(province) && isRegency && Number(district) > 0 && isBirth && serial !== '0000';
}
