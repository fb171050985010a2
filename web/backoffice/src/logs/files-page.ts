import { button, fill, h } from '../dom.ts';
import { moveFocus } from '../keyboard.ts';
import type { Page, Scene } from '../page.ts';
import { emptyBox, loadingBox, problemBox } from '../states.ts';
import { fileName, fileRow, isOpen } from './file-row.ts';
import type { FileView } from './log-api.ts';
import { uploads } from './uploads.ts';

/** Pause between two looks: at a list in which something is scanned, and at one that is at rest. */
const lookAgainMs = { open: 1_500, atRest: 20_000 } as const;
/** A file that was sent is listed some seconds later; until then the list counts as in motion. */
const awaitedMsMax = 60_000;

/** Log files, newest first, with their progress as it goes on. */
export function filesPage(scene: Scene): Page {
  const { text } = scene;
  const list = fileList(scene);
  const panel = uploads(scene, (key) => list.await(key));
  const element = h(
    'div',
    {},
    h(
      'div',
      { class: 'page-head' },
      h('h1', { tabindex: '-1' }, text.files.title),
      h(
        'div',
        { class: 'actions' },
        button(text.states.refresh, { class: 'plain' }, () => list.look()),
        panel.chooser,
      ),
    ),
    panel.element,
    list.element,
  );
  list.look();
  return {
    title: text.files.title,
    element,
    keys: {
      j: () => moveFocus(list.element, '.row-link', 1),
      k: () => moveFocus(list.element, '.row-link', -1),
      r: () => list.look(),
    },
  };
}

interface FileList {
  readonly element: HTMLElement;
  look(): void;
  /** Looks often until the file of this key is listed. */
  await(key: string): void;
}

function fileList(scene: Scene): FileList {
  const { text, logs, left } = scene;
  const rows = new Map<string, ReturnType<typeof fileRow>>();
  const awaited = new Map<string, number>();
  const list = h('ul', { class: 'rows', 'aria-label': text.files.list });
  const more = button(text.states.loadMore, { class: 'more', hidden: true }, () => void older());
  const body = h('div', {}, loadingBox(text));
  const element = h('div', {}, body);
  let known: readonly FileView[] = [];
  let olderCursor: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (files: readonly FileView[]): void => {
    announceChanges(scene, known, files);
    known = files;
    for (const { key } of files) awaited.delete(key);
    for (const file of files) {
      const row = rows.get(file.id);
      if (row === undefined) rows.set(file.id, fileRow(file, scene));
      else row.update(file);
    }
    const elements = files.map(({ id }) => rows.get(id)?.element);
    // Rows that are in their place are left alone: moving the focused one would lose the focus.
    if (elements.some((row, index) => list.children[index] !== row)) fill(list, ...elements);
    more.hidden = olderCursor === null;
    if (files.length === 0) fill(body, emptyBox(text.files.emptyTitle, text.files.empty));
    else if (list.parentElement !== body) fill(body, list, more);
  };

  const look = async (): Promise<void> => {
    clearTimeout(timer);
    const outcome = await logs.files(left);
    if (outcome.ok) {
      const { files, nextCursor } = outcome.value;
      const listed = new Set(files.map(({ id }) => id));
      const olderOnes = known.filter(({ id }) => !listed.has(id) && id < (files.at(-1)?.id ?? ''));
      if (olderOnes.length === 0) olderCursor = nextCursor;
      show([...files, ...olderOnes]);
    } else fill(body, problemBox(outcome.problem, text, again));
    if (!left.aborted && outcome.ok)
      timer = setTimeout(again, isInMotion(known, awaited, scene.now()) ? lookAgainMs.open : lookAgainMs.atRest);
  };
  const again = (): void => run(look(), left);

  const older = async (): Promise<void> => {
    if (olderCursor === null) return;
    const outcome = await logs.files(left, olderCursor);
    if (!outcome.ok) return fill(body, problemBox(outcome.problem, text, again));
    olderCursor = outcome.value.nextCursor;
    const listed = new Set(known.map(({ id }) => id));
    show([...known, ...outcome.value.files.filter(({ id }) => !listed.has(id))]);
  };

  left.addEventListener('abort', () => clearTimeout(timer));
  return {
    element,
    look: again,
    await(key) {
      awaited.set(key, scene.now() + awaitedMsMax);
      again();
    },
  };
}

function isInMotion(files: readonly FileView[], awaited: ReadonlyMap<string, number>, now: number): boolean {
  return files.some(isOpen) || [...awaited.values()].some((until) => until > now);
}

/** Tells of scans that ended since the last look; the first look only counts. */
function announceChanges({ text, format, announce }: Scene, before: readonly FileView[], files: readonly FileView[]): void {
  if (before.length === 0) return announce(text.files.updated(format.count(files.length), files.filter(isOpen).length));
  const open = new Set(before.filter(isOpen).map(({ id }) => id));
  for (const { id, key, status, counts } of files) {
    if (!open.has(id)) continue;
    if (status === 'done') announce(text.files.done(fileName(key), format.count(counts.records)));
    if (status === 'failed') announce(text.files.failed(fileName(key)));
  }
}

/** A call that was given up because its page was left is no error. */
export function run(work: Promise<void>, left: AbortSignal): void {
  work.catch((error: unknown) => {
    if (!left.aborted) throw error;
  });
}
