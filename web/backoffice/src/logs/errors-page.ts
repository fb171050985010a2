import { button, fill, h } from '../dom.ts';
import { moveFocus } from '../keyboard.ts';
import { type Page, type Scene, untilLeft } from '../page.ts';
import { emptyBox, loadingBox, problemBox } from '../states.ts';
import { filterForm } from './error-filters.ts';
import type { ListState } from './error-list.ts';
import { errorRow } from './error-row.ts';
import { filePanel } from './file-panel.ts';
import type { ErrorView } from './log-api.ts';
import { type ErrorFilters, hasFilters, logAddress } from './log-routes.ts';

/** Errors, newest first, by the filters of the address. */
export function errorsPage(scene: Scene, initial: ErrorFilters): Page {
  const { text, errorLists, left, go } = scene;
  let filters = initial;
  let shown = new AbortController();
  const listPlace = h('div');
  const showList = (): void => {
    shown.abort();
    shown = new AbortController();
    fill(listPlace, errorList(scene, filters, AbortSignal.any([left, shown.signal])));
  };
  // Only the list is made anew: the form keeps the focus and what is being typed.
  const form = filterForm(scene, filters, (next) => {
    filters = next;
    scene.rename(logAddress({ page: 'errors', filters }));
    showList();
  });
  const refresh = (): void => {
    errorLists.forget(filters);
    showList();
  };
  const anyFile = (): void => go(logAddress({ page: 'errors', filters: { ...filters, file: undefined } }));
  const heading = h('h1', { tabindex: '-1' }, text.errors.title);
  const actions = h('div', { class: 'actions' }, button(text.states.refresh, { class: 'plain' }, refresh));
  showList();
  return {
    title: text.errors.title,
    element: h(
      'div',
      {},
      h('div', { class: 'page-head' }, heading, actions),
      filters.file !== undefined && filePanel(scene, filters.file, { heading, scanned: refresh, anyFile }),
      form.element,
      listPlace,
    ),
    keys: {
      j: () => moveFocus(listPlace, '.row-link', 1),
      k: () => moveFocus(listPlace, '.row-link', -1),
      '/': () => form.search.focus(),
      r: refresh,
      Escape: () => go(logAddress({ page: 'files' })),
    },
  };
}

/** The list of these filters, as far as it has been loaded, with what loads more of it. */
function errorList(scene: Scene, filters: ErrorFilters, left: AbortSignal): HTMLElement {
  const { text, format, announce } = scene;
  const list = scene.errorLists.of(filters);
  const more = (): void => untilLeft(left, () => list.more(left));
  const rows = h('ul', { class: 'rows errors', 'aria-label': text.errors.list });
  const foot = h('div', { class: 'foot' });
  const element = h('div', {}, rows, foot);
  const show = (state: ListState<ErrorView>): void => {
    // The list only grows, so the rows that are there stay as they are.
    const added = state.items.slice(rows.childElementCount);
    rows.append(...added.map((error) => errorRow(error, scene, filters)));
    rows.hidden = state.items.length === 0;
    element.setAttribute('aria-busy', String(state.kind === 'loading'));
    fill(foot, footOf(state, { scene, filters, more }));
    if (state.kind === 'ready') announce(text.errors.found(format.count(state.items.length), state.hasMore));
  };
  left.addEventListener('abort', list.watch(show));
  if (list.state.items.length === 0) more();
  else show(list.state);
  return element;
}

interface Foot {
  readonly scene: Scene;
  readonly filters: ErrorFilters;
  readonly more: () => void;
}

function footOf(state: ListState<ErrorView>, { scene, filters, more }: Foot): HTMLElement | null {
  const { text } = scene;
  if (state.kind === 'failed') return problemBox(state.problem, text, more);
  if (state.kind === 'loading') {
    return state.items.length === 0 ? loadingBox(text) : h('p', { class: 'quiet', role: 'status' }, text.states.loadingMore);
  }
  if (state.hasMore && state.partial) {
    return h('div', { class: 'box' }, h('p', {}, text.errors.partial), button(text.errors.searchOn, {}, more));
  }
  if (state.hasMore) return button(text.states.loadMore, { class: 'more' }, more);
  if (state.items.length > 0) return null;
  const isFiltered = hasFilters({ ...filters, file: undefined });
  return isFiltered ? emptyBox(text.errors.noMatchTitle, text.errors.noMatch) : emptyBox(text.errors.emptyTitle, text.errors.empty);
}
