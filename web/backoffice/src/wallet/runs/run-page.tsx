import { Box, List, ListItem, Stack, Typography } from '@mui/material';
import { Link } from 'react-admin';
import { type Fact, Facts } from '../../shell/facts.tsx';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { RecordPage } from '../../shell/record-page.tsx';
import { useProblemText } from '../../shell/states.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { ExceptionChip } from '../exceptions/exception-chip.tsx';
import { exceptionTexts } from '../exceptions/text.ts';
import { RunActions } from './run-actions.tsx';
import { RunChip } from './run-chip.tsx';
import type { Gateway, RunDetail } from './run-source.ts';
import { runTexts } from './text.ts';

/** `#/runs/iris:2026-11-21/show` */
export function RunPage() {
  const { title } = useText(exceptionTexts);
  return (
    <RecordPage<RunDetail> resource="runs" title={title}>
      {(run, { back }) => (
        <Page title={`${run.day} · ${run.gateway}`} back={back} actions={<RunActions gateway={run.gateway as Gateway} day={run.day} />}>
          <RunFacts run={run} />
          {run.state === 'failed' ? null : <FoundExceptions run={run} />}
        </Page>
      )}
    </RecordPage>
  );
}

function RunFacts({ run }: { readonly run: RunDetail }) {
  const { facts, byClock } = useText(runTexts);
  const { count } = useFormat();
  const problemText = useProblemText();
  const { trouble } = run;
  const counted: Fact[] = [
    { name: facts.lines, value: facts.linesNote(count(run.lines)) },
    { name: facts.matched, value: count(run.matched) },
    { name: facts.booked, value: count(run.booked) },
    { name: facts.findings, value: count(run.findings) },
  ];
  const failure: Fact[] = [{ name: facts.trouble, value: trouble === null ? null : problemText({ code: trouble, kind: 'unavailable' }) }];
  return (
    <Facts
      facts={[
        { name: facts.result, value: <RunChip run={run} /> },
        ...(run.state === 'failed' ? failure : counted),
        { name: facts.at, value: <Moment iso={run.at} /> },
        { name: facts.askedBy, value: run.askedBy ?? byClock },
      ]}
    />
  );
}

/** What this comparison found, as each of it stands now. */
function FoundExceptions({ run: { exceptions, findings } }: { readonly run: RunDetail }) {
  const text = useText(runTexts);
  const { count } = useFormat();
  return (
    <Box component="section" aria-label={text.exceptions} sx={{ borderTop: 1, borderColor: 'divider' }}>
      <Typography variant="h2" sx={{ px: 2, pt: 2 }}>
        {text.exceptions}
      </Typography>
      {exceptions.length === 0 ? <Typography sx={{ p: 2 }}>{text.none}</Typography> : null}
      <List disablePadding>
        {exceptions.map((exception) => (
          <FoundException key={exception.id} exception={exception} />
        ))}
      </List>
      {findings > exceptions.length ? (
        <Typography variant="body2" color="textSecondary" sx={{ p: 2 }}>
          {text.some(count(exceptions.length), count(findings))}
        </Typography>
      ) : null}
    </Box>
  );
}

function FoundException({ exception: { id, kind, state, reference, detail } }: { readonly exception: RunDetail['exceptions'][number] }) {
  const { kinds } = useText(exceptionTexts);
  return (
    <ListItem divider sx={{ display: 'block', py: 1.5 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap' }}>
        <Link to={`/exceptions/${id}/show`}>{kinds[kind]}</Link>
        <ExceptionChip state={state} />
      </Stack>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {reference === null ? detail : `${reference} · ${detail}`}
      </Typography>
    </ListItem>
  );
}
