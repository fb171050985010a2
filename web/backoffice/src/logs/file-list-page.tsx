import { Box, Link as PlainLink, Stack, Typography } from '@mui/material';
import { Link } from 'react-admin';
import { ChoiceField, FilterBar } from '../shell/list/filter-bar.tsx';
import { type Column, RecordRows } from '../shell/list/record-list.tsx';
import { RowLink } from '../shell/list/row-link.tsx';
import { oneOf, writeAddress } from '../shell/list/filters.ts';
import { useRecordList } from '../shell/list/use-record-list.ts';
import { useMay } from '../shell/desk-context.ts';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { useFormat, useText } from '../shell/use-text.ts';
import { fileName, isMadeKey, isOpen, type LogFile } from './file-state.ts';
import { FileStatus } from './file-status.tsx';
import { ScanNews } from './scan-news.tsx';
import { logTexts } from './text.ts';
import { DropZone, UploadButton, UploadList } from './uploads/upload-panel.tsx';

const statuses = ['planned', 'scanning', 'done', 'failed'] as const;
const filters = { status: oneOf(statuses) };
/** Pause between two looks: at a list in which something is scanned, and at one that is at rest. */
const againMs = (files: readonly LogFile[]): number => (files.some(isOpen) ? 1_500 : 5_000);

/** Log files, newest first, with their progress as it goes on. */
export function FileListPage() {
  const { files: text } = useText(logTexts);
  const format = useFormat();
  const may = useMay();
  const list = useRecordList<LogFile, typeof filters>('log-files', filters, { againMs });
  const columns: readonly Column<LogFile>[] = [
    { name: 'name', label: text.columns.name, cell: (file) => <Name file={file} /> },
    { name: 'status', label: text.columns.status, cell: (file) => <Status file={file} /> },
    { name: 'records', label: text.columns.records, cell: ({ counts }) => format.count(counts.records) },
    { name: 'fatal', label: text.columns.fatal, cell: ({ counts }) => format.count(counts.byLevel.fatal) },
    { name: 'lines', label: text.columns.lines, cell: ({ counts }) => format.count(counts.lines) },
    {
      name: 'size',
      label: text.columns.size,
      cell: ({ sizeBytes }) => <span style={{ whiteSpace: 'nowrap' }}>{format.bytes(sizeBytes)}</span>,
    },
    { name: 'uploaded', label: text.columns.uploaded, cell: ({ uploadedAt }) => <Moment iso={uploadedAt} isShort /> },
  ];
  const rows = (
    <>
      <UploadList />
      <ScanNews files={list.rows} />
      <FilterBar isFiltered={list.isFiltered} clear={list.clear}>
        <ChoiceField
          label={text.columns.status}
          value={list.values.status}
          onChange={(status) => list.filterBy({ status })}
          choices={statuses.map((status) => ({ value: status, label: text.status[status] }))}
        />
      </FilterBar>
      <RecordRows
        list={list}
        columns={columns}
        card={(file) => <FileCard file={file} />}
        empty={{ title: text.emptyTitle, text: text.empty }}
        label={text.list}
      />
    </>
  );
  return (
    <Page title={text.title} actions={may('logs:upload') ? <UploadButton /> : null}>
      {may('logs:upload') ? <DropZone>{rows}</DropZone> : rows}
    </Page>
  );
}

function Name({ file }: { readonly file: LogFile }) {
  const name = fileName(file.key);
  return (
    <Box sx={{ minWidth: { md: 200 } }}>
      <RowLink to={`/log-errors${writeAddress({ values: { file: file.id } })}`}>{name}</RowLink>
      {name === file.key || isMadeKey(file.key) ? null : (
        <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          {file.key}
        </Typography>
      )}
    </Box>
  );
}

/** With a way to what became of each of its ranges. */
function Status({ file }: { readonly file: LogFile }) {
  const { files: text } = useText(logTexts);
  return (
    <Stack sx={{ gap: 0.5, alignItems: 'flex-start' }}>
      <FileStatus file={file} />
      <PlainLink component={Link} to={`/log-files/${file.id}/show`} variant="body2" aria-label={text.detailsOf(fileName(file.key))}>
        {text.details}
      </PlainLink>
    </Stack>
  );
}

function FileCard({ file }: { readonly file: LogFile }) {
  const { files: text } = useText(logTexts);
  const format = useFormat();
  return (
    <Stack sx={{ gap: 0.5 }}>
      <div>
        <Name file={file} />
      </div>
      <Status file={file} />
      <Typography variant="body2">
        {text.columns.records}: {format.count(file.counts.records)} · {text.columns.fatal}: {format.count(file.counts.byLevel.fatal)} ·{' '}
        {format.bytes(file.sizeBytes)}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        <Moment iso={file.uploadedAt} isShort />
      </Typography>
    </Stack>
  );
}
