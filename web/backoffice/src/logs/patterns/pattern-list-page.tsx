import { Stack, Typography } from '@mui/material';
import { useMay } from '../../shell/desk-context.ts';
import { writeAddress } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { RowLink } from '../../shell/list/row-link.tsx';
import { useRecordList } from '../../shell/list/use-record-list.ts';
import { useSelection } from '../../shell/list/use-selection.ts';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { useServiceName } from '../service-name.ts';
import { TemplateText } from '../template-text.tsx';
import { PatternBulkBar } from './pattern-bulk-bar.tsx';
import { PatternFilters } from './pattern-filters.tsx';
import { useWho } from './pattern-history.tsx';
import { Marks, StateChip } from './pattern-marks.tsx';
import { type Pattern, patternFilters } from './pattern-source.ts';
import { patternTexts } from './text.ts';

/** Errors by what they have in common: the latest seen first, or the most frequent. */
export function PatternListPage() {
  const text = useText(patternTexts);
  const may = useMay();
  const list = useRecordList<Pattern, typeof patternFilters>('log-patterns', patternFilters);
  const address = writeAddress({ values: list.values, page: list.page });
  const selection = useSelection(list.rows, { isSelectable: () => true, nameOf: ({ template }) => template });
  const columns = useColumns(address);
  return (
    <Page title={text.title}>
      <PatternFilters list={list} />
      {may('logs:decide') ? <PatternBulkBar selection={selection} /> : null}
      <RecordRows
        list={list}
        columns={columns}
        card={(pattern) => <PatternCard pattern={pattern} address={address} />}
        empty={{ title: text.emptyTitle, text: text.empty }}
        label={text.list}
        {...(may('logs:decide') && { selection })}
      />
    </Page>
  );
}

function useColumns(address: string): readonly Column<Pattern>[] {
  const { columns } = useText(patternTexts);
  const format = useFormat();
  return [
    { name: 'pattern', label: columns.pattern, cell: (pattern) => <Name pattern={pattern} address={address} /> },
    { name: 'state', label: columns.state, cell: (pattern) => <State pattern={pattern} /> },
    { name: 'count', label: columns.count, cell: ({ total }) => format.count(total), isNumber: true },
    { name: 'files', label: columns.files, cell: ({ files }) => format.count(files), isNumber: true },
    { name: 'day', label: columns.day, cell: (pattern) => <LastDay pattern={pattern} /> },
    { name: 'seen', label: columns.seen, cell: (pattern) => <Seen pattern={pattern} /> },
  ];
}

interface RowProps {
  readonly pattern: Pattern;
  /** Filters of the list, which the page of the pattern leads back to. */
  readonly address: string;
}

function Name({ pattern, address }: RowProps) {
  const serviceName = useServiceName();
  return (
    <Stack sx={{ gap: 0.5, minWidth: { md: 260 } }}>
      <div>
        <RowLink to={`/log-patterns/${encodeURIComponent(pattern.id)}/show${address}`}>
          <TemplateText template={pattern.template} />
        </RowLink>
      </div>
      <Marks level={pattern.level} flags={pattern.flags} />
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {pattern.services.map(serviceName).join(', ')}
      </Typography>
    </Stack>
  );
}

/** With whom it is, if it is with anybody. */
function State({ pattern: { state, assignee, assigneeName } }: Pick<RowProps, 'pattern'>) {
  const who = useWho();
  return (
    <>
      <StateChip state={state} />
      {assignee === null ? null : (
        <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          {who(assignee, assigneeName)}
        </Typography>
      )}
    </>
  );
}

/** When last, and below it since when. */
function Seen({ pattern: { firstSeen, lastSeen } }: Pick<RowProps, 'pattern'>) {
  const { columns } = useText(patternTexts);
  return (
    <>
      <Moment iso={lastSeen} isShort />
      <Typography variant="body2" color="textSecondary">
        {columns.first}: <Moment iso={firstSeen} isShort />
      </Typography>
    </>
  );
}

function LastDay({ pattern: { sparkline } }: Pick<RowProps, 'pattern'>) {
  const text = useText(patternTexts);
  const format = useFormat();
  const sum = sparkline.reduce((all, count) => all + count, 0);
  return <Sparkline counts={sparkline} label={text.inHours(format.count(sum), format.count(Math.max(0, ...sparkline)))} />;
}

function PatternCard({ pattern, address }: RowProps) {
  const { columns } = useText(patternTexts);
  const format = useFormat();
  return (
    <Stack sx={{ gap: 0.75 }}>
      <Name pattern={pattern} address={address} />
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
        <State pattern={pattern} />
        <Typography variant="body2">
          {columns.count}: {format.count(pattern.total)} · {columns.files}: {format.count(pattern.files)}
        </Typography>
        <LastDay pattern={pattern} />
      </Stack>
      <Typography variant="body2" color="textSecondary">
        {columns.first}: <Moment iso={pattern.firstSeen} isShort /> · {columns.last}: <Moment iso={pattern.lastSeen} isShort />
      </Typography>
    </Stack>
  );
}
