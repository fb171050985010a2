import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'react-admin';
import { Facts } from '../shell/facts.tsx';
import { writeAddress } from '../shell/list/filters.ts';
import { Page } from '../shell/page.tsx';
import { LoadingState, ProblemState } from '../shell/states.tsx';
import { monospace } from '../shell/theme.ts';
import { useRecord } from '../shell/use-record.ts';
import { useFormat, useText } from '../shell/use-text.ts';
import { ErrorContext } from './error-context.tsx';
import { errorFilters } from './error-filters.ts';
import { LevelChip } from './error-list-page.tsx';
import { fileName, firstLine, type LogError } from './file-state.ts';
import { Neighbours } from './neighbours.tsx';
import { logTexts } from './text.ts';

/** One error: message, stack, where it stands, and the lines around it in the original. */
export function ErrorPage() {
  const { errors: text } = useText(logTexts);
  const { pathname, search } = useLocation();
  const [, , id = ''] = pathname.split('/');
  const { data: error, error: problem, refetch } = useRecord<LogError>('log-errors', id);
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
      <ErrorTexts error={error} />
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
        { name: text.logger, value: error.logger },
      ]}
    />
  );
}

function ErrorTexts({ error }: { readonly error: LogError }) {
  const { error: text } = useText(logTexts);
  const whole = [error.message, ...(error.stack === null ? [] : [error.stack])].join('\n');
  return (
    <>
      {error.truncated ? (
        <Alert severity="info" variant="outlined" sx={{ mx: 2, color: 'text.primary' }}>
          {text.truncated}
        </Alert>
      ) : null}
      <Stack direction="row" sx={{ px: 2, gap: 1 }}>
        <CopyButton label={text.copy} content={() => whole} />
        <CopyButton label={text.copyLink} content={() => location.href} />
      </Stack>
      {/* The heading has said it, unless there is more to it than one line. */}
      {error.message.trim() === firstLine(error) ? null : <Code title={text.message}>{error.message}</Code>}
      {error.stack === null ? null : <Code title={text.stack}>{error.stack}</Code>}
    </>
  );
}

function CopyButton({ label, content }: { readonly label: string; readonly content: () => string }) {
  const { error: text } = useText(logTexts);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(content());
    setCopied(true);
  };
  return (
    <Button size="small" onClick={() => void copy()}>
      {isCopied ? text.copied : label}
    </Button>
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
