import { useEffect } from 'react';
import { useLanguage } from './use-text.ts';

/** Tells the browser, and with it screen readers, which language the page is in. */
export function DocumentLanguage() {
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return null;
}
