import type { I18nProvider, StringMap } from 'react-admin';
import { type InLanguages, type Language, languageNames, languageOf, languages } from './language.ts';
import { raEnglish } from './text/ra-en.ts';
import { raIndonesian } from './text/ra-id.ts';

const books: InLanguages<StringMap> = { id: raIndonesian, en: raEnglish };

/** Texts of react-admin's own parts. The desk's pages have theirs beside them (see `useText`), typed instead of looked up by a key. */
export function deskI18nProvider(initial: Language): I18nProvider {
  let current = initial;
  return {
    translate: (key: string, options: Readonly<Record<string, unknown>> = {}) => {
      const found = lookUp(books[current], key) ?? (typeof options['_'] === 'string' ? options['_'] : key);
      return filledIn(pluralOf(found, options['smart_count']), options);
    },
    changeLocale: (locale) => {
      current = languageOf(locale);
      return Promise.resolve();
    },
    getLocale: () => current,
    getLocales: () => languages.map((language) => ({ locale: language, name: languageNames[language] })),
  };
}

/** `ra.action.back` → its text, if it has one. */
function lookUp(book: StringMap, key: string): string | undefined {
  let found: StringMap | string | undefined = book;
  for (const part of key.split('.')) found = typeof found === 'object' && Object.hasOwn(found, part) ? found[part] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** react-admin writes `one |||| many`; a language without plurals writes one form. */
function pluralOf(text: string, count: unknown): string {
  const [one = '', many = one] = text.split('||||').map((form) => form.trim());
  return text.includes('||||') ? (count === 1 ? one : many) : text;
}

function filledIn(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replaceAll(/%\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
