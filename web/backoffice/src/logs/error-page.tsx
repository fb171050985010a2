import { Alert, Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-admin';
import { CopyText } from '../shell/copy-text.tsx';
import { Facts } from '../shell/facts.tsx';
import { writeAddress } from '../shell/list/filters.ts';
import { Page } from '../shell/page.tsx';
import { LoadingState, ProblemState } from '../shell/states.tsx';
import { monospace } from '../shell/theme.ts';
import { useRecord } from '../shell/use-record.ts';
import { useFormat, useText } from '../shell/use-text.ts';
import { CopyActions } from './copy-actions.tsx';
import { ErrorContext } from './error-context.tsx';
import { errorFilters } from './error-filters.ts';
import { LevelChip } from './error-list-page.tsx';
import { fileName, firstLine, type LogError, type LogErrorDetail } from './file-state.ts';
import { Neighbours } from './neighbours.tsx';
import { Occurrences } from './occurrences.tsx';
import { StackView } from './stack-view.tsx';
import { TemplateText } from './template-text.tsx';
import { logTexts } from './text.ts';

/** Pause before an error is asked for again whose pattern is not there yet. */
const lookAgainMs = 5_000;
const patternIsToCome = (error: LogErrorDetail | undefined): boolean =>
  error !== undefined && error.patternId !== null && error.pattern === null;

/** One error: message, stack, where it stands, and the lines around it in the original. */
export function ErrorPage() {
  const { errors: text } = useText(logTexts);
  const { pathname, search } = useLocation();
  const [, , id = ''] = pathname.split('/');
  const again = (known: LogErrorDetail | undefined) => (patternIsToCome(known) ? lookAgainMs : false);
  const { data: error, error: problem, refetch } = useRecord<LogErrorDetail>('log-errors', id, again);
  const back = `/log-errors${search}`;
  if (error === undefined) {
    return (
      <Page title={text.title} back={back}>
        {problem === null ? <LoadingState /> : <ProblemState error={problem} retry={() => void refetch()} />}
      </Page>
    );
  }
  return (
    <Page
      title={firstLine(error)}
      back={back}
      actions={<Neighbours resource="log-errors" filters={errorFilters} id={id} search={search} />}
    >
      <ErrorFacts error={error} />
      <ErrorTexts error={error} search={search} />
      <ErrorContext key={id} errorId={id} />
    </Page>
  );
}

function ErrorFacts({ error }: { readonly error: LogError }) {
  const { error: text, errors } = useText(logTexts);
  const format = useFormat();
  const assumed = error.timeAssumed.map((assumption) => text.assumed[assumption]).join(', ');
  const time =
    error.time === null ? (
      errors.noTime
    ) : (
      <>
        <time dateTime={error.time}>{format.preciseInstant(error.time)}</time>
        {assumed === '' ? null : ` (${assumed})`}
      </>
    );
  return (
    <Facts
      facts={[
        { name: text.level, value: <LevelChip level={error.level} /> },
        { name: text.time, value: time },
        {
          name: text.file,
          value: <Link to={`/log-errors${writeAddress({ values: { file: error.file.id } })}`}>{fileName(error.file.key)}</Link>,
        },
        { name: text.line, value: error.line === null ? null : format.count(error.line) },
        { name: text.offset, value: text.bytes(format.count(error.offset), format.count(error.length)) },
        {
          name: text.logger,
          value:
            error.logger === null ? null : (
              <Link to={`/log-errors${writeAddress({ values: { service: error.logger } })}`}>{error.logger}</Link>
            ),
        },
        { name: text.template, value: error.template === null ? null : <TemplateText template={error.template} /> },
        { name: text.id, value: <CopyText text={error.id} /> },
      ]}
    />
  );
}

function ErrorTexts({ error, search }: { readonly error: LogErrorDetail; readonly search: string }) {
  const { error: text } = useText(logTexts);
  return (
    <>
      {error.truncated ? (
        <Alert severity="info" variant="outlined" sx={{ mx: 2, color: 'text.primary' }}>
          {text.truncated}
        </Alert>
      ) : null}
      <Occurrences error={error} search={search} />
      <CopyActions error={error} />
      {/* The heading has said it, unless there is more to it than one line. */}
      {error.message.trim() === firstLine(error) ? null : <Code title={text.message}>{error.message}</Code>}
      {error.stack === null ? null : <StackView key={error.id} stack={error.stack} />}
    </>
  );
}

/** It scrolls on its own, so it can be reached and named without a mouse. */
function Code({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Box component="section" sx={{ p: 2 }}>
      <Typography variant="h2" gutterBottom>
        {title}
      </Typography>
      <Box
        component="pre"
        tabIndex={0}
        role="region"
        aria-label={title}
        sx={{
          m: 0,
          p: 1.5,
          overflow: 'auto',
          maxHeight: 480,
          bgcolor: 'background.default',
          borderRadius: 1,
          fontFamily: monospace,
          fontSize: '0.8125rem',
        }}
      >
        {children}
      </Box>
    </Box>
  );
}
