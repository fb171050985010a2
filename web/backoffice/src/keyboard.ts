/**
 * One key, one act, as pages name them. Keys belong to whoever types: a field keeps all but Escape, and nothing is taken from the browser's own shortcuts.
 */
export function listenToKeys(keys: () => Readonly<Record<string, () => void>>): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const isField = event.target instanceof Element && event.target.matches('input:not([type=file]), textarea, select');
    if (isField && event.key === 'Escape') return (event.target as HTMLElement).blur();
    const act = isField ? undefined : keys()[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** Moves the focus among the links of a list; from outside of it, to its first. */
export function moveFocus(list: Element, selector: string, step: 1 | -1): void {
  const rows = [...list.querySelectorAll<HTMLElement>(selector)];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
