/**
 * What stands in the place of content: loading, nothing there, and every way to fail.
 */
import { Alert, Box, Button, Skeleton, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-admin';
import type { Permission } from '#shared/platform/permissions.ts';
import { asProblem, type ApiProblem } from './api/problem.ts';
import { useDesk } from './desk-context.ts';
import { shellTexts } from './text/texts.ts';
import { useFormat, useLanguage, useText } from './use-text.ts';

export function LoadingState({ rows = 6 }: { readonly rows?: number }) {
  const { states } = useText(shellTexts);
  return (
    <Stack role="status" aria-label={states.loading} spacing={1} sx={{ p: 2 }}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} variant="rounded" height={36} />
      ))}
    </Stack>
  );
}

interface NoteProps {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

/** A state in words, with what can be done about it. */
export function NoteState({ title, text, children }: NoteProps) {
  return (
    <Box sx={{ p: { xs: 3, sm: 5 }, textAlign: 'center' }}>
      <Typography variant="h2" gutterBottom>
        {title}
      </Typography>
      <Typography color="textSecondary" sx={{ mb: 2 }}>
        {text}
      </Typography>
      {children}
    </Box>
  );
}

export function ForbiddenState({ permission }: { readonly permission: Permission }) {
  const { states } = useText(shellTexts);
  return <NoteState title={states.forbiddenTitle} text={states.forbidden(permission)} />;
}

/** Says what went wrong and offers to try again where that makes sense. */
export function ProblemState({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { states } = useText(shellTexts);
  const problem = asProblem(error);
  const text = useProblemText()(problem);
  const isFinal = problem.kind === 'not-found' || problem.kind === 'forbidden' || problem.kind === 'invalid';
  const titles: Partial<Record<ApiProblem['kind'], string>> = { forbidden: states.forbiddenTitle, 'not-found': states.notFoundTitle };
  return (
    <Box role="alert">
      <NoteState title={titles[problem.kind] ?? states.failedTitle} text={text}>
        {problem.requestId === undefined ? null : (
          <Typography variant="body2" color="textSecondary" sx={{ mb: 2, overflowWrap: 'anywhere' }}>
            {states.requestId(problem.requestId)}
          </Typography>
        )}
        {retry === undefined || isFinal ? null : (
          <Button variant="outlined" onClick={retry}>
            {states.retry}
          </Button>
        )}
      </NoteState>
    </Box>
  );
}

interface OutdatedProps {
  /** When what is shown was answered, in milliseconds since the epoch. */
  readonly answeredMs: number;
  readonly retry: () => void;
}

/** Above what was answered before and could not be asked for again: still true as of then, and no reason to take it away. */
export function OutdatedNote({ answeredMs, retry }: OutdatedProps) {
  const { states } = useText(shellTexts);
  const format = useFormat();
  return (
    <Alert
      severity="warning"
      variant="outlined"
      role="status"
      data-outdated
      action={
        <Button size="small" color="inherit" onClick={retry} sx={{ whiteSpace: 'nowrap' }}>
          {states.retry}
        </Button>
      }
      sx={{ m: 2, mt: 0, color: 'text.primary' }}
    >
      {states.outdated(format.clock(answeredMs))}
    </Alert>
  );
}

/** The same in a form or a dialog, where there is something to correct. */
export function ProblemNote({ problem }: { readonly problem: ApiProblem | undefined }) {
  const { states } = useText(shellTexts);
  const textOf = useProblemText();
  if (problem === undefined) return null;
  return (
    <Alert severity={problem.kind === 'cancelled' ? 'info' : 'error'} variant="outlined" sx={{ my: 1, color: 'text.primary' }}>
      {textOf(problem)}
      {problem.requestId !== undefined && problem.kind === 'unavailable' ? ` ${states.requestId(problem.requestId)}` : ''}
    </Alert>
  );
}

/** A problem in words: the capability's own for its code, or the shell's for its kind. */
export function useProblemText(): (problem: Pick<ApiProblem, 'code' | 'kind'>) => string {
  const { states } = useText(shellTexts);
  const { capabilities } = useDesk();
  const language = useLanguage();
  return ({ code, kind }) =>
    capabilities.map(({ faults }) => (code === undefined ? undefined : faults?.[language][code])).find((text) => text !== undefined) ??
    states.problems[kind];
}

export function NotFoundPage() {
  const { states } = useText(shellTexts);
  const navigate = useNavigate();
  return (
    <NoteState title={states.notFoundTitle} text={states.notFoundPage}>
      <Button variant="outlined" onClick={() => navigate('/')}>
        {states.home}
      </Button>
    </NoteState>
  );
}

/** For errors of the pages themselves. */
export function BrokenPage() {
  const { states } = useText(shellTexts);
  return (
    <Box role="alert">
      <NoteState title={states.brokenTitle} text={states.broken}>
        <Button variant="outlined" onClick={() => location.reload()}>
          {states.reload}
        </Button>
      </NoteState>
    </Box>
  );
}
