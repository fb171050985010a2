/**
 * Languages of the desk. Every text is there in each of them, or it does not compile.
 */
export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text, or a whole book of texts, in every language. */
export type InLanguages<Text> = Readonly<Record<Language, Text>>;

export const languageNames: InLanguages<string> = { id: 'Bahasa Indonesia', en: 'English' };

/** Indonesian unless it is said otherwise. */
export function languageOf(locale: string | undefined): Language {
  return languages.find((language) => language === locale) ?? 'id';
}
