import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Texts } from '../text/id.ts';
import { type Language, languageNames, languages } from '../text/language.ts';

interface FrameProps {
  readonly texts: Texts;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  /** What was last said to those who listen. */
  readonly said: string;
  readonly children: ComponentChildren;
}

/** What is around everything: the name, the language, whether the network is there, and the voice. */
export function Frame({ texts, language, onLanguage, said, children }: FrameProps) {
  const isOffline = useOffline();
  return (
    <>
      <header>
        <p class="brand">
          XM <span>{texts.frame.title}</span>
        </p>
        <div role="group" aria-label={texts.frame.language} class="languages">
          {languages.map((each) => (
            <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => onLanguage(each)}>
              {each.toUpperCase()}
              <span class="visually-hidden"> {languageNames[each]}</span>
            </button>
          ))}
        </div>
      </header>
      <div role="status">{isOffline && <p class="notice notice-bad">{texts.frame.offline}</p>}</div>
      <main>{children}</main>
      <p class="visually-hidden" aria-live="polite">
        {said}
      </p>
    </>
  );
}

function useOffline(): boolean {
  const [isOffline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const look = (): void => setOffline(!navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return isOffline;
}
