import { Button, Link as PlainLink, Stack } from '@mui/material';
import { Link } from 'react-admin';
import { CopyText } from '../shell/copy-text.tsx';
import { type Fact, Facts } from '../shell/facts.tsx';
import { writeAddress } from '../shell/list/filters.ts';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { RecordPage } from '../shell/record-page.tsx';
import { useFormat, useText } from '../shell/use-text.ts';
import { FailedRanges } from './failed-ranges.tsx';
import { fileName, isOpen } from './file-state.ts';
import { FileStatus } from './file-status.tsx';
import { RangeMap } from './range-map.tsx';
import type { FileDetail } from './ranges.ts';
import { ScanNews } from './scan-news.tsx';
import { logTexts } from './text.ts';

/** Pause between two looks: while it is scanned, and until its errors are in patterns and dashboard. */
const againMs = { open: 1_500, closed: 5_000 } as const;

function lookAgainMs(file: FileDetail | undefined): number | false {
  if (file === undefined) return false;
  if (isOpen(file)) return againMs.open;
  return file.rolledUpAt === null && file.ranges.map.cells.length > 0 ? againMs.closed : false;
}

/** One log file: what it is, what became of each of its ranges, and ways to what was found in it. */
export function FilePage() {
  const { files } = useText(logTexts);
  return (
    <RecordPage<FileDetail> resource="log-files" title={files.title} againMs={lookAgainMs}>
      {(file, { back }) => (
        <Page title={fileName(file.key)} back={back} actions={<Ways file={file} />}>
          <ScanNews files={[file]} />
          <RangeMap file={file} />
          <FailedRanges file={file} />
          <FileFacts file={file} />
        </Page>
      )}
    </RecordPage>
  );
}

interface FileProps {
  readonly file: FileDetail;
}

function Ways({ file: { id, recordsFrom, recordsTo } }: FileProps) {
  const { file: text } = useText(logTexts);
  const values = { file: id };
  // Old logs lie outside of every window that is counted back from now.
  const window = recordsFrom === null || recordsTo === null ? {} : { window: 'custom', from: recordsFrom, to: recordsTo };
  return (
    <>
      <Button component={Link} to={`/log-errors${writeAddress({ values })}`} variant="contained">
        {text.toErrors}
      </Button>
      <Button component={Link} to={`/log-patterns${writeAddress({ values })}`} variant="outlined">
        {text.toPatterns}
      </Button>
      <Button component={Link} to={`/log-dashboard${writeAddress({ values: { ...values, ...window } })}`} variant="outlined">
        {text.toDashboard}
      </Button>
    </>
  );
}

function FileFacts({ file }: FileProps) {
  const { file: text, errors } = useText(logTexts);
  const format = useFormat();
  const { counts, progress, recordsFrom, recordsTo } = file;
  const ofLevel = (level: 'error' | 'fatal') => (
    <PlainLink component={Link} to={`/log-errors${writeAddress({ values: { file: file.id, level } })}`}>
      {errors.levels[level]}: {format.count(counts.byLevel[level])}
    </PlainLink>
  );
  const facts: Fact[] = [
    { name: text.status, value: <FileStatus file={file} /> },
    {
      name: text.records,
      value: (
        <Stack component="span" direction="row" sx={{ gap: 2, flexWrap: 'wrap' }}>
          {ofLevel('error')}
          {ofLevel('fatal')}
        </Stack>
      ),
    },
    ...(recordsFrom === null || recordsTo === null
      ? []
      : [{ name: text.times, value: text.span(format.moment(recordsFrom), format.moment(recordsTo)) }]),
    { name: text.lines, value: format.count(counts.lines) },
    { name: text.scanned, value: `${format.bytes(progress.bytesDone)} / ${format.bytes(progress.bytesTotal)}` },
    { name: text.content, value: file.compression === 'none' ? file.encoding : `${file.encoding}, ${file.compression}` },
    { name: text.uploaded, value: <Moment iso={file.uploadedAt} /> },
    ...(file.closedAt === null ? [] : [{ name: text.closed, value: <Moment iso={file.closedAt} /> }]),
    ...(file.closedAt === null ? [] : [{ name: text.speed, value: speedText(file, text, format) }]),
    ...(file.rolledUpAt === null ? [] : [{ name: text.rolledUp, value: <Moment iso={file.rolledUpAt} /> }]),
    { name: text.place, value: <CopyText text={`s3://${file.bucket}/${file.key}`} /> },
    { name: text.id, value: <CopyText text={file.id} /> },
  ];
  return <Facts facts={facts} />;
}

type FileTexts = (typeof logTexts)['en']['file'];

/** From the plan to the last range; null while it is scanned, and of what has no bytes. */
function speedText({ plannedAt, closedAt, counts }: FileDetail, text: FileTexts, format: ReturnType<typeof useFormat>): string | null {
  if (closedAt === null || counts.bytes === 0) return null;
  const seconds = Math.max(0.001, (Date.parse(closedAt) - Date.parse(plannedAt)) / 1_000);
  return `${format.countdown(Math.ceil(seconds))} · ${text.perSecond(format.bytes(counts.bytes / seconds))}`;
}
