import Download from '@mui/icons-material/DownloadOutlined';
import { Button, Chip, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-admin';
import { answer } from '../shell/api/client.ts';
import { useApi, useMay } from '../shell/desk-context.ts';
import { Answered } from '../shell/answered.tsx';
import { ChoiceField, FilterBar, SearchField, TextFilter } from '../shell/list/filter-bar.tsx';
import { activeFilters, writeAddress } from '../shell/list/filters.ts';
import { type Column, RecordRows } from '../shell/list/record-list.tsx';
import { RowLink } from '../shell/list/row-link.tsx';
import { type RecordList, useRecordList } from '../shell/list/use-record-list.ts';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { useRecord } from '../shell/use-record.ts';
import { useFormat, useText } from '../shell/use-text.ts';
import { type ErrorFilterValues, errorFilters, levels } from './error-filters.ts';
import { ExportDialog } from './export-dialog.tsx';
import { FailedRanges } from './failed-ranges.tsx';
import { fileName, firstLine, isOpen, type LogError } from './file-state.ts';
import { FileStatus } from './file-status.tsx';
import type { PatternDetail } from './patterns/pattern-source.ts';
import { TemplateText } from './template-text.tsx';
import { logTexts } from './text.ts';
import { windows } from './time-window.ts';
import { WindowFields } from './window-fields.tsx';

/** Pause before an open file is looked at again. */
const lookAgainMs = 1_500;

/** Errors of all files, or of one, newest first. */
export function ErrorListPage() {
  const { errors: text } = useText(logTexts);
  const list = useRecordList<LogError, typeof errorFilters>('log-errors', errorFilters);
  const address = writeAddress({ values: list.values, page: list.page });
  const columns: readonly Column<LogError>[] = [
    { name: 'message', label: text.columns.message, cell: (error) => <Message error={error} address={address} /> },
    { name: 'level', label: text.columns.level, cell: ({ level }) => <LevelChip level={level} /> },
    { name: 'time', label: text.columns.time, cell: ({ time }) => (time === null ? text.noTime : <Moment iso={time} />) },
  ];
  const card = (error: LogError) => (
    <>
      <Message error={error} address={address} />
      <LevelChip level={error.level} />{' '}
      <Typography component="span" variant="body2" color="textSecondary">
        {error.time === null ? text.noTime : <Moment iso={error.time} isShort />}
      </Typography>
    </>
  );
  return (
    <Page
      title={text.title}
      actions={<ExportButton values={list.values} />}
      {...(list.values.file !== undefined && { back: '/log-files' })}
    >
      {list.values.file === undefined ? null : (
        <FilePanel fileId={list.values.file} anyFile={() => list.filterBy({ file: undefined })} scanned={list.retry} />
      )}
      <ErrorFilters list={list} />
      <RecordRows list={list} columns={columns} card={card} empty={{ title: text.emptyTitle, text: text.empty }} label={text.list} />
    </Page>
  );
}

function ExportButton({ values }: { readonly values: ErrorFilterValues }) {
  const { exports: text } = useText(logTexts);
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may('logs:decide')) return null;
  return (
    <>
      <Button variant="outlined" startIcon={<Download />} onClick={() => setOpen(true)}>
        {text.act}
      </Button>
      {isOpen ? <ExportDialog values={values} close={() => setOpen(false)} /> : null}
    </>
  );
}

const lessUsed = ['exclude', 'service', 'level'] as const;

interface ErrorFiltersProps {
  readonly list: RecordList<LogError, typeof errorFilters>;
}

function ErrorFilters({ list }: ErrorFiltersProps) {
  const { errors: text, window } = useText(logTexts);
  const { values, filterBy } = list;
  return (
    <>
      <FilterBar
        isFiltered={list.isFiltered}
        clear={list.clear}
        more={{ fields: <LessUsed list={list} />, active: activeFilters(values, lessUsed), shown: list.shown }}
      >
        <SearchField label={text.text} hint={text.textHint} value={values.text} onChange={(sought) => filterBy({ text: sought })} />
        <WindowFields values={values} onChange={filterBy} choices={windows} any={window.any} />
      </FilterBar>
      {values.pattern === undefined ? null : <OfPattern pattern={values.pattern} anyPattern={() => filterBy({ pattern: undefined })} />}
    </>
  );
}

function LessUsed({ list: { values, filterBy } }: ErrorFiltersProps) {
  const { errors: text } = useText(logTexts);
  return (
    <>
      <TextFilter label={text.exclude} hint={text.excludeHint} value={values.exclude} onChange={(exclude) => filterBy({ exclude })} />
      <TextFilter label={text.service} value={values.service} onChange={(service) => filterBy({ service })} />
      <ChoiceField
        label={text.level}
        value={values.level}
        onChange={(level) => filterBy({ level })}
        choices={levels.map((level) => ({ value: level, label: text.levels[level] }))}
      />
    </>
  );
}

/** The pattern that the list is narrowed to, and a way back to all. */
function OfPattern({ pattern, anyPattern }: { readonly pattern: string; readonly anyPattern: () => void }) {
  const { errors: text, error } = useText(logTexts);
  const { data } = useRecord<PatternDetail>('log-patterns', pattern);
  return (
    <Stack direction="row" data-pattern sx={{ px: 2, pb: 1.5, gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
      <Chip label={text.ofPattern} onDelete={anyPattern} onClick={anyPattern} aria-label={text.anyway(text.ofPattern)} />
      {data === undefined ? null : <TemplateText template={data.template} />}
      <Button component={Link} to={`/log-patterns/${encodeURIComponent(pattern)}/show`} size="small">
        {error.toPattern}
      </Button>
    </Stack>
  );
}

interface FilePanelProps {
  readonly fileId: string;
  readonly anyFile: () => void;
  /** Told when the scan ends while it is watched. */
  readonly scanned: () => void;
}

/** The file that the list is narrowed to: status, progress, and a way back to all files. */
function FilePanel({ fileId, anyFile, scanned }: FilePanelProps) {
  const api = useApi();
  const { errors: text, files: fileText } = useText(logTexts);
  const format = useFormat();
  const query = useQuery({
    queryKey: ['log-file', fileId],
    queryFn: async ({ client, queryKey }) => {
      const before = client.getQueryData<{ status: 'planned' }>(queryKey);
      const file = await answer(api.GET('/api/admin/logs/files/{fileId}', { params: { path: { fileId } } }));
      if (before !== undefined && isOpen(before) && !isOpen(file)) scanned();
      return file;
    },
    refetchInterval: ({ state }) => (state.data !== undefined && isOpen(state.data) ? lookAgainMs : false),
  });
  return (
    <Answered query={query}>
      {(file) => (
        <div data-file>
          <Typography variant="h2" sx={{ px: 2, pt: 2, overflowWrap: 'anywhere' }}>
            {text.titleOfFile(fileName(file.key))}
          </Typography>
          <Typography
            component="div"
            variant="body2"
            sx={{ px: 2, py: 1, display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'center' }}
          >
            <FileStatus file={file} />
            <span>
              {fileText.columns.records}: {format.count(file.counts.records)}
            </span>
            <span>
              {fileText.columns.lines}: {format.count(file.counts.lines)}
            </span>
            <span>{format.bytes(file.sizeBytes)}</span>
            <Button size="small" component={Link} to={`/log-files/${file.id}/show`}>
              {fileText.details}
            </Button>
            <Button size="small" onClick={anyFile}>
              {text.anyFile}
            </Button>
          </Typography>
          <FailedRanges file={file} />
        </div>
      )}
    </Answered>
  );
}

function Message({ error, address }: { readonly error: LogError; readonly address: string }) {
  const { errors: text } = useText(logTexts);
  const format = useFormat();
  const place = [fileName(error.file.key), error.line !== null && text.line(format.count(error.line)), error.logger];
  return (
    <>
      <RowLink to={`/log-errors/${error.id}/show${address}`}>{firstLine(error)}</RowLink>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {place.filter(Boolean).join(' · ')}
      </Typography>
    </>
  );
}

export function LevelChip({ level }: { readonly level: LogError['level'] }) {
  const { errors: text } = useText(logTexts);
  return <Chip size="small" variant="outlined" color={level === 'fatal' ? 'error' : 'warning'} label={text.levels[level]} />;
}
