import { button, h } from '../dom.ts';
import type { Scene } from '../page.ts';
import { type ErrorFilters, hasFilters, levels, noFilters, textCharactersMax, type Window, windows } from './log-routes.ts';

/** How long typing pauses before it is searched for. */
const typingPauseMs = 400;
const dayMs = 86_400_000;

interface FilterForm {
  readonly element: HTMLElement;
  readonly search: HTMLInputElement;
}

/** The filters of the error list as a form; every change is told at once, text after a pause. */
export function filterForm(scene: Scene, initial: ErrorFilters, changed: (filters: ErrorFilters) => void): FilterForm {
  const { text, left } = scene;
  const level = choice(['', ...levels], (value) => (value === '' ? text.errors.anyLevel : text.errors.levels[value]));
  const window = choice(windows, (value) => text.errors.windows[value]);
  const from = h('input', { type: 'datetime-local' });
  const to = h('input', { type: 'datetime-local' });
  const search = h('input', {
    type: 'search',
    maxlength: textCharactersMax,
    placeholder: text.errors.textHint,
    enterkeyhint: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const reset = button(text.errors.reset, { class: 'plain' }, () => apply({ ...noFilters, file: initial.file }));
  const range = [labelled(text.errors.from, from), labelled(text.errors.to, to)];
  const show = (filters: ErrorFilters): void => {
    level.value = filters.level ?? '';
    window.value = filters.window;
    from.value = localInput(filters.from);
    to.value = localInput(filters.to);
    if (document.activeElement !== search) search.value = filters.text ?? '';
    for (const field of range) field.hidden = filters.window !== 'custom';
    reset.hidden = !hasFilters({ ...filters, file: undefined });
  };
  const apply = (filters: ErrorFilters): void => {
    clearTimeout(pause);
    show(filters);
    changed(filters);
  };
  const read = (): ErrorFilters => ({
    file: initial.file,
    level: levels.find((one) => one === level.value),
    text: search.value.trim() || undefined,
    ...span(window.value as Window, { from: from.value, to: to.value, nowMs: scene.now() }),
  });
  let pause: ReturnType<typeof setTimeout> | undefined;
  for (const field of [level, window, from, to]) field.addEventListener('change', () => apply(read()));
  search.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => apply(read()), typingPauseMs);
  });
  left.addEventListener('abort', () => clearTimeout(pause));
  const fields = [labelled(text.errors.text, search, 'wide'), labelled(text.errors.level, level), labelled(text.errors.window, window)];
  const element = h('form', { class: 'filters', role: 'search', 'aria-label': text.errors.filters }, ...fields, ...range, reset);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    apply(read());
  });
  show(initial);
  return { element, search };
}

function choice<const Value extends string>(values: readonly Value[], label: (value: Value) => string): HTMLSelectElement {
  return h('select', {}, ...values.map((value) => h('option', { value }, label(value))));
}

function labelled(label: string, field: HTMLElement, className = ''): HTMLElement {
  return h('label', { class: className }, h('span', {}, label), field);
}

/** A range of one's own begins with the last day, so that choosing it shows something to change. */
function span(
  window: Window,
  { from, to, nowMs }: { readonly from: string; readonly to: string; readonly nowMs: number },
): Pick<ErrorFilters, 'window' | 'from' | 'to'> {
  if (window !== 'custom') return { window, from: undefined, to: undefined };
  const given = { from: utc(from), to: utc(to) };
  if (given.from === undefined && given.to === undefined) return { window, from: new Date(nowMs - dayMs).toISOString(), to: undefined };
  return { window, ...given };
}

/** `2026-11-21T12:00:00.000Z` → the same instant as the field writes it, in the reader's own zone, to the minute. */
function localInput(iso: string | undefined): string {
  if (iso === undefined) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function utc(local: string): string | undefined {
  return local === '' ? undefined : new Date(local).toISOString();
}
