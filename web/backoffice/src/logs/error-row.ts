import { h } from '../dom.ts';
import type { Scene } from '../page.ts';
import { fileName } from './file-row.ts';
import type { ErrorView } from './log-api.ts';
import { type ErrorFilters, logAddress } from './log-routes.ts';

/** An error in the list: a link to itself, named by its message. */
export function errorRow(error: ErrorView, { text, format, now }: Scene, filters: ErrorFilters): HTMLElement {
  const place = [fileName(error.file.key), error.line !== null && text.errors.line(format.count(error.line)), error.logger];
  return h(
    'li',
    { class: 'row' },
    h('span', { class: `chip ${error.level}` }, text.errors.levels[error.level]),
    h(
      'div',
      { class: 'row-text' },
      h('a', { class: 'row-link', href: logAddress({ page: 'error', errorId: error.id, filters }) }, firstLine(error)),
      h('span', { class: 'small quiet' }, place.filter(Boolean).join(' · ')),
    ),
    when(error.time, { format, now, noTime: text.errors.noTime }),
  );
}

function when(time: string | null, { format, now, noTime }: Pick<Scene, 'format' | 'now'> & { readonly noTime: string }): HTMLElement {
  if (time === null) return h('span', { class: 'small quiet when' }, noTime);
  return h(
    'time',
    { class: 'small when', datetime: time, title: format.preciseInstant(time) },
    h('span', {}, format.moment(time)),
    h('span', { class: 'quiet' }, format.since(time, now())),
  );
}

/** The message's first line that says something; of a bare trace, the exception. */
export function firstLine({ message, stack }: Pick<ErrorView, 'message' | 'stack'>): string {
  const line = `${message}\n${stack ?? ''}`.split('\n').find((text) => text.trim() !== '');
  return line?.trim() ?? '—';
}
