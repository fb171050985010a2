import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { copied } from './clipboard.ts';
import { useShell } from './shell.ts';

interface CopyRowProps {
  readonly label: string;
  /** As it is read. */
  readonly shown: ComponentChildren;
  /** As it is copied. */
  readonly text: string;
  readonly isStrong?: boolean;
}

const copiedMs = 2_500;

/** Something to type elsewhere: to read, and to copy. Where it cannot be copied, it is marked for the person's own copying. */
export function CopyRow({ label, shown, text, isStrong = false }: CopyRowProps) {
  const { texts, announce } = useShell();
  const [isCopied, setCopied] = useState(false);
  const value = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    if (await copied(text)) {
      setCopied(true);
      announce(`${texts.actions.copied}: ${label}`);
    } else if (value.current !== null) {
      getSelection()?.selectAllChildren(value.current);
    }
  };
  const action = isCopied ? texts.actions.copied : texts.actions.copy;
  return (
    <div class={isStrong ? 'copy-row copy-row-strong' : 'copy-row'}>
      <p>
        <span class="label">{label}</span> <strong ref={value}>{shown}</strong>
      </p>
      <button type="button" class="button button-small" aria-label={`${action}: ${label}`} onClick={() => void copy()}>
        {action}
      </button>
    </div>
  );
}
