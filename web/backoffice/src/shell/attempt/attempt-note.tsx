import { Alert } from '@mui/material';
import { ProblemNote } from '../states.tsx';
import { shellTexts } from '../text/texts.ts';
import { useFormat, useText } from '../use-text.ts';
import type { Attempt } from './use-attempt.ts';

/** Why the last attempt was refused, or how long to wait for the next. */
export function AttemptNote({ attempt }: { readonly attempt: Attempt }) {
  const text = useText(shellTexts);
  const format = useFormat();
  // A wait that is over leaves nothing to say.
  if (attempt.waitSeconds === 0) return isWaitOver(attempt) ? null : <ProblemNote problem={attempt.problem} />;
  return (
    <Alert severity="warning" variant="outlined" sx={{ my: 1, color: 'text.primary' }} aria-live="off">
      {text.wait(format.countdown(attempt.waitSeconds))}
    </Alert>
  );
}

const isWaitOver = ({ problem, waitSeconds }: Attempt): boolean =>
  problem?.kind === 'limited' && problem.retryAfterSeconds !== undefined && waitSeconds === 0;
