import { button, fill, h } from '../dom.ts';
import type { Scene } from '../page.ts';
import type { UploadTicket } from './log-api.ts';

/** One PUT takes no more; the API refuses to sign one. */
const uploadBytesMax = 5 * 1024 ** 3;
/** Uploads at once share one line; two keep it busy while one is being signed. */
const atOnceMax = 2;

interface Uploads {
  /** Opens the browser's file dialog. */
  readonly chooser: HTMLElement;
  /** What is being sent; nothing while nothing is. */
  readonly element: HTMLElement;
}

/** Sends files straight to the bucket, with their progress. `sent` is told the key of each that has arrived. */
export function uploads(scene: Scene, sent: (key: string) => void): Uploads {
  const { text } = scene;
  const input = h('input', { type: 'file', multiple: true, class: 'visually-hidden', id: 'upload' });
  const list = h('ul', { class: 'uploads', 'aria-label': text.upload.list, hidden: true });
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  const pump = (): void => {
    while (running < atOnceMax) {
      const next = waiting.shift();
      if (next === undefined) return;
      running += 1;
      void next().finally(() => {
        running -= 1;
        pump();
      });
    }
  };
  input.addEventListener('change', () => {
    for (const file of input.files ?? []) {
      const enqueue = (work: () => Promise<void>): void => {
        waiting.push(work);
        pump();
      };
      list.append(uploadRow(scene, { file, sent, enqueue, emptied: () => (list.hidden = list.childElementCount === 0) }));
    }
    list.hidden = list.childElementCount === 0;
    // The same file may be chosen again.
    input.value = '';
  });
  return {
    chooser: h('span', { class: 'chooser' }, input, h('label', { for: 'upload', class: 'button' }, text.upload.choose)),
    element: list,
  };
}

interface UploadJob {
  readonly file: File;
  readonly sent: (key: string) => void;
  readonly enqueue: (work: () => Promise<void>) => void;
  readonly emptied: () => void;
}

function uploadRow(scene: Scene, job: UploadJob): HTMLElement {
  const { text, format } = scene;
  const { file } = job;
  const bar = h('progress', { max: Math.max(1, file.size), value: 0, 'aria-label': text.upload.progress(file.name) });
  const note = h('span', { class: 'small' }, text.upload.preparing);
  const actions = h('span', { class: 'actions' });
  const row = h('li', { class: 'row' }, h('strong', {}, file.name), bar, note, actions);
  const dismiss = (): void => {
    row.remove();
    job.emptied();
  };
  const end = (message: string, canRetry: boolean): void => {
    bar.hidden = true;
    note.textContent = message;
    fill(actions, canRetry && button(text.upload.retry, {}, start), button(text.upload.dismiss, { class: 'plain' }, dismiss));
  };
  const work = async (stop: AbortSignal): Promise<void> => {
    if (stop.aborted) return;
    const ticket = await scene.logs.openUpload({ name: file.name, bytes: file.size }, stop);
    if (!ticket.ok) throw new Error(ticket.problem.kind);
    await send(file, ticket.value, {
      stop,
      progressed: (bytes) => {
        bar.value = bytes;
        note.textContent = text.upload.sending(format.bytes(bytes), format.bytes(file.size));
      },
    });
    end(text.upload.sent, false);
    scene.announce(text.upload.announceSent(file.name));
    job.sent(ticket.value.key);
  };
  const start = (): void => {
    const cancel = new AbortController();
    bar.hidden = false;
    note.textContent = text.upload.preparing;
    fill(
      actions,
      button(text.upload.cancel, { class: 'plain' }, () => cancel.abort()),
    );
    cancel.signal.addEventListener('abort', () => end(text.upload.cancelled, true));
    job.enqueue(() =>
      work(AbortSignal.any([cancel.signal, scene.left])).catch(() => {
        if (cancel.signal.aborted || scene.left.aborted) return;
        end(text.upload.failed, true);
        scene.announce(text.upload.announceFailed(file.name));
      }),
    );
  };
  if (file.size > uploadBytesMax) end(text.upload.tooLarge(format.bytes(uploadBytesMax)), false);
  else start();
  return row;
}

interface Sending {
  readonly stop: AbortSignal;
  readonly progressed: (bytes: number) => void;
}

/** `fetch` does not tell how far an upload has come. */
function send(file: File, { url }: UploadTicket, { stop, progressed }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (): void => reject(new Error(`upload ended with ${request.status}`));
    request.upload.addEventListener('progress', ({ loaded }) => progressed(loaded));
    request.addEventListener('load', () => (request.status >= 200 && request.status < 300 ? resolve() : fail()));
    request.addEventListener('error', fail);
    request.addEventListener('abort', fail);
    stop.addEventListener('abort', () => request.abort(), { once: true });
    request.open('PUT', url);
    request.send(file);
  });
}
