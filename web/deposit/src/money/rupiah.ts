/**
 * Rupiah as people read and type them. Amounts are whole rupiah; what is typed is digits with separators of thousands.
 */
import type { Language } from '../text/language.ts';

const separators: Readonly<Record<Language, string>> = { id: '.', en: ',' };

/** More than any method takes: further digits are not typed but stuck. */
const digitsMax = 11;

/** `Rp 150.000`, with a blank that never breaks. */
export function rupiahText(amountRupiah: number, language: Language): string {
  return `Rp\u00A0${groupedDigits(String(amountRupiah), language)}`;
}

/** `150000` → `150.000`. */
export function groupedDigits(digits: string, language: Language): string {
  return digits.replaceAll(/\B(?=(?:\d{3})+$)/g, separators[language]);
}

/** What of a field's text are digits of an amount, while somebody types: separators come and go as they please. */
export function digitsOf(text: string): string {
  return text
    .replaceAll(/\D/g, '')
    .replace(/^0+(?=\d)/, '')
    .slice(0, digitsMax);
}

/** The same of a text that was pasted: `Rp 150.000,00` is no fifteen million. */
export function digitsOfPasted(text: string): string {
  return digitsOf(text.trim().replace(/(?<=\d)[.,]\d{1,2}$/, ''));
}

/** Where the caret stands in a formatted text so that as many digits follow it as before. */
export function caretBefore(text: string, digitsAfter: number): number {
  let caret = text.length;
  for (let left = digitsAfter; left > 0 && caret > 0; caret -= 1) if (/\d/.test(text[caret - 1] ?? '')) left -= 1;
  return caret;
}
