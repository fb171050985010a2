import {
  Box,
  Skeleton,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
} from '@mui/material';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-admin';
import { useFormat, useLanguage, useText } from '../../shell/use-text.ts';
import { visuallyHidden } from '../../shell/visually-hidden.ts';
import { isEmpty, type SeriesTable, stepText } from './series.ts';
import { chartTexts } from './text.ts';

const Plot = lazy(() => import('./plot.tsx'));
const plotHeight = 260;

interface SeriesViewProps extends SeriesTable {
  readonly title: string;
  /** What the first column of the table is called. */
  readonly timeLabel: string;
  /** Address of what a step counted. */
  readonly addressOf?: (at: string) => string;
  /** What chooses the series, between title and switch. */
  readonly controls?: ReactNode;
}

/** Counts over time, as a chart or as a table. Whoever does not see the chart has the table, too. */
export function SeriesView({ title, timeLabel, addressOf, controls, ...table }: SeriesViewProps) {
  const text = useText(chartTexts);
  const navigate = useNavigate();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const open = addressOf && ((at: string): void => navigate(addressOf(at)));
  return (
    <Box component="section" aria-label={title} data-series sx={{ p: 2 }}>
      <Stack direction="row" sx={{ gap: 1, mb: 1, alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap' }}>
        <Typography variant="h2">{title}</Typography>
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
          {controls}
          <ToggleButtonGroup
            exclusive
            size="small"
            value={view}
            aria-label={text.as(title)}
            onChange={(_, next: 'chart' | 'table' | null) => setView(next ?? view)}
          >
            <ToggleButton value="chart">{text.chart}</ToggleButton>
            <ToggleButton value="table">{text.table}</ToggleButton>
          </ToggleButtonGroup>
        </Stack>
      </Stack>
      {isEmpty(table) ? <Typography color="textSecondary">{text.empty}</Typography> : null}
      {view === 'chart' ? (
        <>
          {isEmpty(table) ? null : (
            <Box aria-hidden sx={{ height: plotHeight, '& svg': { outline: 'none' } }}>
              <Suspense fallback={<Skeleton variant="rounded" height={plotHeight} />}>
                <Plot {...table} open={open} />
              </Suspense>
            </Box>
          )}
          {/* Within a box of its own: a table takes the width of its cells, whatever it is told. */}
          <Box sx={visuallyHidden}>
            <StepTable {...table} title={title} timeLabel={timeLabel} />
          </Box>
        </>
      ) : (
        <Box tabIndex={0} role="region" aria-label={title} sx={{ overflow: 'auto', maxHeight: 420 }}>
          <StepTable {...table} title={title} timeLabel={timeLabel} {...(addressOf && { addressOf })} />
        </Box>
      )}
    </Box>
  );
}

function StepTable({ title, timeLabel, step, series, steps, addressOf }: Omit<SeriesViewProps, 'controls'>) {
  const format = useFormat();
  const language = useLanguage();
  return (
    <Table size="small" stickyHeader aria-label={title}>
      <TableHead>
        <TableRow>
          <TableCell>{timeLabel}</TableCell>
          {series.map(({ name, label }) => (
            <TableCell key={name} align="right">
              {label}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {steps.map(({ at, counts }) => (
          <TableRow key={at}>
            <TableCell component="th" scope="row" sx={{ whiteSpace: 'nowrap', fontWeight: 400 }}>
              {addressOf === undefined ? stepText(at, step, language) : <Link to={addressOf(at)}>{stepText(at, step, language)}</Link>}
            </TableCell>
            {series.map(({ name }) => (
              <TableCell key={name} align="right">
                {format.count(counts[name] ?? 0)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
