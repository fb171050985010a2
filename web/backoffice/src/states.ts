/**
 * What stands in the place of content: loading, nothing there, and every way to fail.
 */
import type { Problem, ProblemKind } from './api.ts';
import { button, type Child, h } from './dom.ts';
import type { Messages } from './text/id.ts';

export function loadingBox(text: Messages): HTMLElement {
  return h('p', { class: 'box quiet', role: 'status' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), text.states.loading);
}

export function emptyBox(title: string, explanation: string, ...actions: readonly Child[]): HTMLElement {
  return h('div', { class: 'box' }, h('h2', {}, title), h('p', {}, explanation), ...actions);
}

/** Says what went wrong and offers to try again where that makes sense. A refused token never gets here: the session ends instead. */
export function problemBox(problem: Problem, text: Messages, retry: () => void): HTMLElement {
  const { title, explanation, isFinal } = wording(problem, text);
  return h(
    'div',
    { class: 'box problem', role: 'alert' },
    h('h2', {}, title),
    h('p', {}, explanation),
    problem.requestId !== undefined && h('p', { class: 'quiet small' }, text.states.requestId(problem.requestId)),
    !isFinal && button(text.states.retry, {}, retry),
  );
}

interface Wording {
  readonly title: string;
  readonly explanation: string;
  /** Trying again would change nothing. */
  readonly isFinal: boolean;
}

function wording({ kind }: Problem, { states }: Messages): Wording {
  const broken = { title: states.failedTitle, explanation: states.unavailable, isFinal: false };
  const wordings: Partial<Record<ProblemKind, Wording>> = {
    forbidden: { title: states.forbiddenTitle, explanation: states.forbidden, isFinal: true },
    'not-found': { title: states.notFoundTitle, explanation: states.notFound, isFinal: true },
    invalid: { title: states.failedTitle, explanation: states.invalid, isFinal: true },
    offline: { ...broken, explanation: states.offline },
    limited: { ...broken, explanation: states.limited },
  };
  return wordings[kind] ?? broken;
}
