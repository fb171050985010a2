/**
 * What a template says in one language.
 */
import type { Template, ValuesOf } from './message.ts';

/** A paragraph of a mail: words, a code to be copied, or a link. */
export type Paragraph = string | { readonly code: string } | { readonly link: string; readonly label: string };

export interface Text {
  readonly subject: string;
  readonly paragraphs: readonly Paragraph[];
  /** For a phone. What needs a link is sent by mail alone, and says here no more than that there is a mail. */
  readonly short: string;
}

export type Texts = { readonly [T in Template]: (values: ValuesOf<T>) => Text };

/** Instants as people in Indonesia read them, with the name of the time zone. */
export function instantWriter(language: 'id-ID' | 'en-GB'): (instant: string) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Jakarta' });
  return (instant) => `${format.format(new Date(instant))} WIB`;
}
