import type { PayProblem } from '../api/problem.ts';
import { problemText } from '../text/texts.ts';
import { useShell } from './shell.ts';

interface ProblemNoticeProps {
  readonly problem: PayProblem;
  /** Offers to try again. */
  readonly onRetry?: () => void;
}

/** What went wrong, with a code to quote where there is one. */
export function ProblemNotice({ problem, onRetry }: ProblemNoticeProps) {
  const { texts } = useShell();
  return (
    <div class="notice notice-bad" role="alert">
      <p>{problemText(problem, texts)}</p>
      {problem.requestId !== undefined && problem.kind === 'unavailable' && (
        <p class="quiet">{texts.problems.reference(problem.requestId)}</p>
      )}
      {onRetry !== undefined && (
        <button type="button" class="button" onClick={onRetry}>
          {texts.actions.retry}
        </button>
      )}
    </div>
  );
}

export function Loading() {
  const { texts } = useShell();
  return (
    <p class="loading" role="status">
      <span class="spinner" aria-hidden="true" />
      {texts.frame.loading}
    </p>
  );
}
