import type { Shelf } from '../shell/storage.ts';

export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number];

export const languageNames: Readonly<Record<Language, string>> = { id: 'Bahasa Indonesia', en: 'English' };

/** For dates. */
export const locales: Readonly<Record<Language, string>> = { id: 'id-ID', en: 'en-GB' };

const kept = 'xm.language';

/** What the person chose before on this device; undefined for everybody else. */
export function languageKept(shelf: Shelf): Language | undefined {
  const known = shelf.read(kept);
  return languages.find((language) => language === known);
}

export function keepLanguage(shelf: Shelf, language: Language): void {
  shelf.write(kept, language);
}
