import { Alert } from '@mui/material';
import { ProblemNote } from '../../shell/states.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import type { Attempt } from './use-attempt.ts';

/** Why the last attempt was refused, or how long to wait for the next. */
export function AttemptNote({ attempt }: { readonly attempt: Attempt }) {
  const text = useText(shellTexts);
  const format = useFormat();
  if (attempt.waitSeconds === 0) return attempt.problem?.kind === 'limited' ? null : <ProblemNote problem={attempt.problem} />;
  return (
    <Alert severity="warning" variant="outlined" sx={{ my: 1, color: 'text.primary' }} aria-live="off">
      {text.wait(format.countdown(attempt.waitSeconds))}
    </Alert>
  );
}
