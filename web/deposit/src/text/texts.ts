import type { PayProblem } from '../api/problem.ts';
import { en } from './en.ts';
import { id, type Texts } from './id.ts';
import type { Language } from './language.ts';

export const texts: Readonly<Record<Language, Texts>> = { id, en };

/** What went wrong, in words; a sentence for the kind of it where the API's code has none of its own. */
export function problemText({ kind, code = '' }: PayProblem, { problems }: Texts): string {
  const codes: Readonly<Record<string, string>> = problems.codes;
  return codes[code] ?? problems[kind];
}

/** What would still fit, where the API says so; else nothing. */
export function roomText({ roomRupiah }: PayProblem, { open }: Texts, rupiah: (amount: number) => string): string {
  return roomRupiah === undefined ? '' : open.noRoom(rupiah(roomRupiah));
}
