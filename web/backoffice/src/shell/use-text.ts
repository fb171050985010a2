import { useLocale } from 'react-admin';
import type { InLanguages } from './language.ts';
import { type Language, languageOf } from './language.ts';
import { useMemo } from 'react';
import { type Format, formatOf } from './format.ts';

export function useLanguage(): Language {
  return languageOf(useLocale());
}

/** A capability's texts in the reader's language. */
export function useText<Text>(texts: InLanguages<Text>): Text {
  return texts[useLanguage()];
}

/** Numbers, sizes and times as the reader's language writes them. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => formatOf(language), [language]);
}
