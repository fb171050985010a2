import { button, fill, h } from '../dom.ts';
import { moveFocus } from '../keyboard.ts';
import { type Page, type Scene, untilLeft } from '../page.ts';
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
  const view = listView(scene);
  const awaited = new Map<string, number>();
  let known: readonly FileView[] | undefined;
  let olderCursor: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const take = (files: readonly FileView[]): void => {
    announceChanges(scene, known, files);
    known = files;
    for (const { key } of files) awaited.delete(key);
    view.show(files, olderCursor !== null && older);
  };
  const look = (): void => {
    untilLeft(left, async () => {
      const outcome = await logs.files(left);
      if (outcome.ok) {
        const { files, nextCursor } = outcome.value;
        const last = files.at(-1)?.id ?? '';
        const loadedBefore = known?.filter(({ id }) => id < last) ?? [];
        if (loadedBefore.length === 0) olderCursor = nextCursor;
        take([...files, ...loadedBefore]);
      } else view.complain(problemBox(outcome.problem, text, look));
      // Another look may have been asked for meanwhile: one timer is enough.
      clearTimeout(timer);
      timer = setTimeout(look, isInMotion(known ?? [], awaited, scene.now()) ? lookAgainMs.open : lookAgainMs.atRest);
    });
  };
  const older = (): void => {
    untilLeft(left, async () => {
      const outcome = await logs.files(left, olderCursor ?? undefined);
      if (!outcome.ok) return view.complain(problemBox(outcome.problem, text, older));
      olderCursor = outcome.value.nextCursor;
      const last = known?.at(-1)?.id ?? '';
      take([...(known ?? []), ...outcome.value.files.filter(({ id }) => id < last)]);
    });
  };
  left.addEventListener('abort', () => clearTimeout(timer));
  return {
    element: view.element,
    look,
    await(key) {
      awaited.set(key, scene.now() + awaitedMsMax);
      look();
    },
  };
}

interface ListView {
  readonly element: HTMLElement;
  /** `older` loads more; false when there is no more. */
  show(files: readonly FileView[], older: false | (() => void)): void;
  /** Above what was shown last, which stays. */
  complain(problem: HTMLElement): void;
}

function listView(scene: Scene): ListView {
  const { text } = scene;
  const rows = new Map<string, ReturnType<typeof fileRow>>();
  const list = h('ul', { class: 'rows', 'aria-label': text.files.list, hidden: true });
  const notice = h('div', {}, loadingBox(text));
  const foot = h('div', { class: 'foot' });
  return {
    element: h('div', {}, notice, list, foot),
    show(files, older) {
      for (const file of files) {
        const row = rows.get(file.id);
        if (row === undefined) rows.set(file.id, fileRow(file, scene));
        else row.update(file);
      }
      const elements = files.map(({ id }) => rows.get(id)?.element);
      // Rows that are in their place are left alone: moving the focused one would lose the focus.
      if (elements.some((row, index) => list.children[index] !== row)) fill(list, ...elements);
      list.hidden = files.length === 0;
      fill(notice, files.length === 0 && emptyBox(text.files.emptyTitle, text.files.empty));
      fill(foot, older !== false && button(text.states.loadMore, { class: 'more' }, older));
    },
    complain: (problem) => fill(notice, problem),
  };
}

function isInMotion(files: readonly FileView[], awaited: ReadonlyMap<string, number>, now: number): boolean {
  return files.some(isOpen) || [...awaited.values()].some((until) => until > now);
}

/** Tells of scans that ended since the last look; the first look only counts. */
function announceChanges({ text, format, announce }: Scene, before: readonly FileView[] | undefined, files: readonly FileView[]): void {
  if (before === undefined) return announce(text.files.updated(format.count(files.length), files.filter(isOpen).length));
  const open = new Set(before.filter(isOpen).map(({ id }) => id));
  for (const { id, key, status, counts } of files) {
    if (!open.has(id)) continue;
    if (status === 'done') announce(text.files.done(fileName(key), format.count(counts.records)));
    if (status === 'failed') announce(text.files.failed(fileName(key)));
  }
}
