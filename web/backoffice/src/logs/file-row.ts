import { type Child, fill, h } from '../dom.ts';
import type { Scene } from '../page.ts';
import type { FileView } from './log-api.ts';
import { logAddress, noFilters } from './log-routes.ts';

type Wording = Pick<Scene, 'text' | 'format' | 'now'>;

/** The last part of an object's key, without the id that an upload puts before the name. */
export function fileName(key: string): string {
  const last = key.split('/').findLast((part) => part !== '') ?? key;
  return last.replace(/^upl_[0-9a-z]{22}-/, '');
}

export function isOpen({ status }: Pick<FileView, 'status'>): boolean {
  return status === 'planned' || status === 'scanning';
}

/** A file in the list: a link to its errors, and how far its scan has come. */
export function fileRow(file: FileView, wording: Wording): { readonly element: HTMLLIElement; update(file: FileView): void } {
  const link = h(
    'a',
    { class: 'row-link', href: logAddress({ page: 'errors', filters: { ...noFilters, file: file.id } }) },
    fileName(file.key),
  );
  const state = h('div', { class: 'file-state' });
  const facts = h('dl', { class: 'facts' });
  const element = h(
    'li',
    { class: 'row file' },
    h('div', { class: 'row-head' }, link, fileName(file.key) !== file.key && h('span', { class: 'key small quiet' }, file.key)),
    state,
    facts,
  );
  const update = (current: FileView): void => {
    fill(state, ...fileState(current, wording));
    fill(facts, ...fileFacts(current, wording));
  };
  update(file);
  return { element, update };
}

/** Status, and while it is open how far it is; why it failed, where it has. */
export function fileState(file: FileView, { text, format }: Wording): Child[] {
  const { progress, status, failure } = file;
  const share = progress.bytesTotal === 0 ? 0 : progress.bytesDone / progress.bytesTotal;
  return [
    h('span', { class: `chip ${status}` }, text.files.status[status]),
    isOpen(file) && h('progress', { value: share.toFixed(3), max: 1, 'aria-label': text.files.progress(fileName(file.key)) }),
    isOpen(file) && h('span', { class: 'small' }, `${format.count(Math.floor(share * 100))}%`),
    failure !== null && h('span', { class: 'small failure', title: failure.detail }, text.files.failure[failure.reason]),
  ];
}

export function fileFacts({ sizeBytes, counts, uploadedAt }: FileView, { text, format, now }: Wording): Child[] {
  return [
    fact(text.files.records, format.count(counts.records), counts.records > 0 ? 'has-errors' : ''),
    fact(text.files.fatal, format.count(counts.byLevel.fatal), counts.byLevel.fatal > 0 ? 'has-errors' : ''),
    fact(text.files.lines, format.count(counts.lines)),
    fact(text.files.size, format.bytes(sizeBytes)),
    fact(
      text.files.uploaded,
      h('time', { datetime: uploadedAt, title: format.preciseInstant(uploadedAt) }, format.since(uploadedAt, now())),
    ),
  ];
}

function fact(name: string, value: Child, className = ''): HTMLElement {
  return h('div', { class: className }, h('dt', {}, name), h('dd', {}, value));
}
