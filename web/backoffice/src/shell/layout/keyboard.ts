/**
 * Keys of the whole desk. They are found by what pages mark: the field of a search (`data-search`), what opens a row (`data-row`), what
 * picks it (`data-select`) and the way back (`data-back`). Keys belong to whoever types, and to a dialog while one is open.
 */
export interface DeskKeys {
  readonly showKeys: () => void;
}

export function listenToKeys(root: Document, { showKeys }: DeskKeys): () => void {
  const acts: Readonly<Record<string, () => void>> = {
    '/': () => root.querySelector<HTMLElement>('[data-search]')?.focus(),
    j: () => clickOr(root, 'j', () => moveFocus(root, 1)),
    k: () => clickOr(root, 'k', () => moveFocus(root, -1)),
    x: () => root.activeElement?.closest('tr, li')?.querySelector<HTMLElement>('[data-select]')?.click(),
    Escape: () => root.querySelector<HTMLElement>('[data-back]')?.click(),
    '?': showKeys,
  };
  const listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (root.querySelector('[role="dialog"], [role="listbox"], [role="menu"][tabindex="-1"] [role="menuitem"]:focus') !== null) return;
    const field = event.target instanceof Element && event.target.matches('input:not([type=file]):not([type=checkbox]), textarea, select');
    if (field) {
      if (event.key === 'Escape') (event.target as HTMLElement).blur();
      return;
    }
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  root.addEventListener('keydown', listen);
  return () => root.removeEventListener('keydown', listen);
}

/** A page of one record says with `data-key` what leads to the next one. */
function clickOr(root: Document, key: string, otherwise: () => void): void {
  const marked = root.querySelector<HTMLElement>(`[data-key="${key}"]`);
  if (marked === null) otherwise();
  else marked.click();
}

/** Among what opens a row; from outside of them, to the first. */
function moveFocus(root: Document, step: 1 | -1): void {
  const rows = [...root.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === root.activeElement);
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
