import { en } from './text/en.ts';
import { id, type Messages } from './text/id.ts';

const languages = { id, en } as const satisfies Record<string, Messages>;
export type Language = keyof typeof languages;

const storageKey = 'xm.language';

/** Indonesian unless somebody chose otherwise in this browser. */
export function storedLanguage(storage: Pick<Storage, 'getItem'>): Language {
  const stored = storage.getItem(storageKey);
  return stored !== null && Object.hasOwn(languages, stored) ? (stored as Language) : 'id';
}

export function storeLanguage(storage: Pick<Storage, 'setItem'>, language: Language): void {
  storage.setItem(storageKey, language);
}

export function messagesOf(language: Language): Messages {
  return languages[language];
}

export function otherLanguage(language: Language): Language {
  return language === 'id' ? 'en' : 'id';
}
