import { button, fill, h } from '../dom.ts';
import { type Scene, untilLeft } from '../page.ts';
import { problemBox } from '../states.ts';
import { fileFacts, fileName, fileState, isOpen } from './file-row.ts';

const lookAgainMs = 1_500;

interface Panel {
  /** Names the file once its name is known. */
  readonly heading: HTMLElement;
  /** Told when the scan ends while it is watched. */
  readonly scanned: () => void;
  readonly anyFile: () => void;
}

/** The file that the list is narrowed to: status, progress, figures, and a way back to all files. */
export function filePanel(scene: Scene, fileId: string, { heading, scanned, anyFile }: Panel): HTMLElement {
  const { text, logs, left } = scene;
  const body = h('div', { class: 'panel' }, h('p', { class: 'quiet small' }, text.states.loading));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasOpen = false;
  const look = async (): Promise<void> => {
    const outcome = await logs.file(fileId, left);
    if (!outcome.ok) return fill(body, problemBox(outcome.problem, text, again), widen());
    const file = outcome.value;
    heading.textContent = text.errors.titleOfFile(fileName(file.key));
    fill(
      body,
      h('div', { class: 'file-state' }, ...fileState(file, scene), widen()),
      file.failure !== null && h('p', { class: 'small' }, file.failure.detail),
      h('dl', { class: 'facts' }, ...fileFacts(file, scene)),
    );
    if (isOpen(file)) timer = setTimeout(again, lookAgainMs);
    else if (wasOpen) scanned();
    wasOpen = isOpen(file);
  };
  const again = (): void => untilLeft(left, look);
  const widen = (): HTMLElement => button(text.errors.anyFile, { class: 'plain' }, anyFile);
  left.addEventListener('abort', () => clearTimeout(timer));
  again();
  return body;
}
