import { Box, Link as PlainLink, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { CopyText } from '../../shell/copy-text.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { type Fact, Facts } from '../../shell/facts.tsx';
import { writeAddress } from '../../shell/list/filters.ts';
import { Moment } from '../../shell/moment.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { fileName } from '../file-state.ts';
import { useServiceName } from '../service-name.ts';
import { useWho } from './pattern-history.tsx';
import { Marks, StateChip } from './pattern-marks.tsx';
import { PatternPast } from './pattern-past.tsx';
import type { PatternDetail } from './pattern-source.ts';
import { patternTexts } from './text.ts';

/** Files whose names are asked for; the others are shown by their ids. */
const namedFilesMax = 10;
const nameStaleMs = 600_000;

export function PatternOverview({ pattern }: { readonly pattern: PatternDetail }) {
  return (
    <>
      <PatternFacts pattern={pattern} />
      <PatternPast pattern={pattern} />
      <PatternFiles pattern={pattern} />
    </>
  );
}

function PatternFacts({ pattern }: { readonly pattern: PatternDetail }) {
  const { facts: text } = useText(patternTexts);
  const format = useFormat();
  const who = useWho();
  const serviceName = useServiceName();
  const services = pattern.services.map((service, at) => (
    <span key={service}>
      {at === 0 ? '' : ', '}
      <Link to={`/log-patterns${writeAddress({ values: { service } })}`}>{serviceName(service)}</Link>
    </span>
  ));
  const facts: Fact[] = [
    { name: text.level, value: <Marks level={pattern.level} flags={pattern.flags} /> },
    { name: text.state, value: <StateInWords pattern={pattern} /> },
    { name: text.assignee, value: pattern.assignee === null ? text.nobody : who(pattern.assignee, pattern.assigneeName) },
    {
      name: text.total,
      value: `${format.count(pattern.total)} (${text.byLevel(format.count(pattern.counts.error), format.count(pattern.counts.fatal))})`,
    },
    { name: text.first, value: <Moment iso={pattern.firstSeen} /> },
    { name: text.last, value: <Moment iso={pattern.lastSeen} /> },
    { name: text.services, value: services.length === 0 ? null : services },
    { name: text.files, value: format.count(pattern.files) },
    { name: text.basis, value: text.bases[pattern.basis] },
    { name: text.sample, value: <Link to={`/log-errors/${pattern.sampleErrorId}/show`}>{text.sampleLink}</Link> },
    { name: text.id, value: <CopyText text={pattern.id} /> },
  ];
  return <Facts facts={facts} />;
}

/** The state with its terms, and what has become of the ones before. */
function StateInWords({ pattern }: { readonly pattern: PatternDetail }) {
  const text = useText(patternTexts);
  const format = useFormat();
  const { state, resolution, mute, regression, spike, flags } = pattern;
  const words = [
    ...(resolution === null ? [] : [text.resolvedAt(format.moment(resolution.at), resolution.inVersion)]),
    ...(mute === null || mute.until === null ? [] : [text.mutedUntil(format.moment(mute.until))]),
    ...(mute === null || mute.count === null ? [] : [text.mutedFor(format.count(mute.count))]),
    ...(regression === null ? [] : [text.regressedAt(format.moment(regression.at))]),
    ...(spike === null || !flags.spiking
      ? []
      : [text.spiked(format.count(spike.count), format.count(Math.round(spike.expected)), format.moment(spike.hour))]),
  ];
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
      <StateChip state={state} />
      {words.length === 0 ? null : <Typography variant="body2">{words.join(' · ')}</Typography>}
    </Stack>
  );
}

/** The files that have it, each leading to its errors of this pattern. */
function PatternFiles({ pattern }: { readonly pattern: PatternDetail }) {
  const { files: text } = useText(patternTexts);
  const format = useFormat();
  const names = useFileNames(pattern.inFiles.slice(0, namedFilesMax).map(({ fileId }) => fileId));
  if (pattern.inFiles.length === 0) return null;
  return (
    <Box component="section" sx={{ p: 2 }}>
      <Typography variant="h2" gutterBottom>
        {text.title}
      </Typography>
      <Table size="small" aria-label={text.title}>
        <TableHead>
          <TableRow>
            <TableCell>{text.file}</TableCell>
            <TableCell align="right">{text.count}</TableCell>
            <TableCell>{text.last}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {pattern.inFiles.map(({ fileId, total, lastSeen }) => (
            <TableRow key={fileId}>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                <PlainLink component={Link} to={`/log-errors${writeAddress({ values: { pattern: pattern.id, file: fileId } })}`}>
                  {names.get(fileId) ?? fileId}
                </PlainLink>
              </TableCell>
              <TableCell align="right">{format.count(total)}</TableCell>
              <TableCell>
                <Moment iso={lastSeen} isShort />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function useFileNames(fileIds: readonly string[]): ReadonlyMap<string, string> {
  const api = useApi();
  const found = useQueries({
    queries: fileIds.map((fileId) => ({
      queryKey: ['log-file', fileId],
      queryFn: () => answer(api.GET('/api/admin/logs/files/{fileId}', { params: { path: { fileId } } })),
      staleTime: nameStaleMs,
    })),
  });
  return new Map(found.flatMap(({ data }) => (data === undefined ? [] : [[data.id, fileName(data.key)]])));
}
