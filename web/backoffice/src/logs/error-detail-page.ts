import type { Problem } from '../api.ts';
import { button, type Child, fill, h } from '../dom.ts';
import { type Page, type Scene, untilLeft } from '../page.ts';
import { loadingBox, problemBox } from '../states.ts';
import { firstLine } from './error-row.ts';
import { fileName } from './file-row.ts';
import type { ContextView, ErrorView } from './log-api.ts';
import { type ErrorFilters, logAddress, noFilters } from './log-routes.ts';

const contextLineChoices = [5, 20, 50, 200] as const;
const contextLinesDefault = 20;

/** One error: message, stack, where it stands, and the lines around it in the original. */
export function errorDetailPage(scene: Scene, errorId: string, filters: ErrorFilters): Page {
  const { text, logs, left, go } = scene;
  const back = logAddress({ page: 'errors', filters });
  const neighbours = neighboursOf(scene, errorId, filters);
  const heading = h('h1', { tabindex: '-1', class: 'message-head' }, text.sections.errors);
  const body = h('div', {}, loadingBox(text));
  const load = async (): Promise<void> => {
    const outcome = await logs.error(errorId, left);
    if (!outcome.ok) return fill(body, problemBox(outcome.problem, text, again));
    heading.textContent = firstLine(outcome.value);
    fill(body, ...detail(outcome.value, scene));
  };
  const again = (): void => untilLeft(left, load);
  again();
  const step = (address: string | undefined): void => {
    if (address !== undefined) go(address, 'replace');
  };
  return {
    title: text.errors.title,
    element: h(
      'article',
      { class: 'detail' },
      h(
        'nav',
        { class: 'steps', 'aria-label': text.error.back },
        h('a', { href: back }, `← ${text.error.back}`),
        neighbours.previous !== undefined && h('a', { href: neighbours.previous }, text.error.previous),
        neighbours.next !== undefined && h('a', { href: neighbours.next }, text.error.next),
      ),
      heading,
      body,
    ),
    keys: { Escape: () => go(back), j: () => step(neighbours.next), k: () => step(neighbours.previous) },
  };
}

/** The errors before and after it in the list it was opened from; none after a deep link. */
function neighboursOf(
  { errorLists }: Scene,
  errorId: string,
  filters: ErrorFilters,
): { readonly previous: string | undefined; readonly next: string | undefined } {
  const { items } = errorLists.of(filters).state;
  const at = items.findIndex(({ id }) => id === errorId);
  const address = (error: ErrorView | undefined): string | undefined => error && logAddress({ page: 'error', errorId: error.id, filters });
  return at < 0 ? { previous: undefined, next: undefined } : { previous: address(items[at - 1]), next: address(items[at + 1]) };
}

function detail(error: ErrorView, scene: Scene): Child[] {
  const { text } = scene;
  const { message, stack } = error;
  return [
    h('dl', { class: 'facts wide' }, ...facts(error, scene)),
    error.truncated && h('p', { class: 'note' }, text.error.truncated),
    copyButtons(error, scene),
    // The heading has said it, unless there is more to it than one line.
    message.trim() !== firstLine(error) && section(text.error.message, codeBlock(message, text.error.message)),
    stack !== null && section(text.error.stack, codeBlock(stack, text.error.stack, 'stack')),
    contextSection(error, scene),
  ];
}

function facts(error: ErrorView, { text, format }: Scene): Child[] {
  const { time, timeAssumed, file, line, offset, length, logger, level } = error;
  const assumed = timeAssumed.map((assumption) => text.error.assumed[assumption]).join(', ');
  const when = time === null ? text.errors.noTime : h('time', { datetime: time, title: time }, format.preciseInstant(time));
  const rows: [name: string, ...value: Child[]][] = [
    [text.error.level, h('span', { class: `chip ${level}` }, text.errors.levels[level])],
    [text.error.time, when, assumed !== '' && h('span', { class: 'small quiet' }, ` (${assumed})`)],
    [text.error.file, h('a', { href: logAddress({ page: 'errors', filters: { ...noFilters, file: file.id } }) }, fileName(file.key))],
    [text.error.line, line === null ? text.error.unknown : format.count(line)],
    [text.error.offset, text.error.bytes(format.count(offset), format.count(length))],
    [text.error.logger, logger ?? text.error.unknown],
  ];
  return rows.map(([name, ...value]) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value)));
}

function section(title: string, ...children: readonly Child[]): HTMLElement {
  return h('section', {}, h('h2', {}, title), ...children);
}

/** It scrolls on its own, so it can be reached and named without a mouse. */
function codeBlock(content: string, label: string, className = 'prose'): HTMLElement {
  return h('pre', { class: className, tabindex: '0', role: 'region', 'aria-label': label }, content);
}

function copyButtons({ message, stack }: ErrorView, { text, announce }: Scene): HTMLElement {
  const copy = (label: string, content: () => string): HTMLElement => {
    const element = button(label, { class: 'plain' }, () => {
      void copied();
    });
    const copied = async (): Promise<void> => {
      await navigator.clipboard.writeText(content());
      element.textContent = text.error.copied;
      announce(text.error.copied);
    };
    return element;
  };
  const whole = [message, ...(stack === null ? [] : [stack])].join('\n');
  return h(
    'p',
    { class: 'actions' },
    copy(text.error.copy, () => whole),
    copy(text.error.copyLink, () => location.href),
  );
}

function contextSection(error: ErrorView, scene: Scene): HTMLElement {
  const { text, logs, left } = scene;
  const body = h('div', {}, loadingBox(text));
  const lines = h(
    'select',
    {},
    ...contextLineChoices.map((count) => h('option', { value: count, selected: count === contextLinesDefault }, `±${count}`)),
  );
  const load = async (): Promise<void> => {
    const outcome = await logs.context(error.id, Number(lines.value), left);
    fill(body, outcome.ok ? contextLines(outcome.value, scene) : contextProblem(outcome.problem, scene, again));
    showRecord(body);
  };
  const again = (): void => untilLeft(left, load);
  lines.addEventListener('change', again);
  again();
  const choice = h('label', { class: 'inline' }, h('span', {}, text.error.contextLines), lines);
  return section(text.error.context, choice, body);
}

/** Scrolls the lines, not the page, until the record stands in their upper third. */
function showRecord(body: HTMLElement): void {
  const lines = body.querySelector<HTMLElement>('.context');
  const record = lines?.querySelector<HTMLElement>('.hit');
  if (lines && record) lines.scrollTop = record.offsetTop - lines.offsetTop - lines.clientHeight / 3;
}

function contextProblem(problem: Problem, { text }: Scene, retry: () => void): HTMLElement {
  if (problem.code === 'logs.original-gone') return h('p', { class: 'note' }, text.error.contextGone);
  if (problem.code === 'logs.context-out-of-reach') return h('p', { class: 'note' }, text.error.contextOutOfReach);
  return problemBox(problem, text, retry);
}

function contextLines({ before, record, after }: ContextView, { text, format }: Scene): HTMLElement {
  const rows = (lines: ContextView['before'], className: string): HTMLElement[] =>
    lines.map(({ line, text: content, cut }) =>
      h(
        'div',
        { class: className },
        h('span', { class: 'number' }, line === null ? '' : format.count(line)),
        h('span', {}, className === 'hit' && h('span', { class: 'visually-hidden' }, `${text.error.recordLine}: `), content, cut && ' …'),
      ),
    );
  return h(
    'pre',
    { class: 'context', tabindex: '0', role: 'region', 'aria-label': text.error.context },
    ...rows(before, ''),
    ...rows(record, 'hit'),
    ...rows(after, ''),
  );
}
