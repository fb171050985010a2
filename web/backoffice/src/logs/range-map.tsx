import {
  Box,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  type Theme,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useFormat, useText } from '../shell/use-text.ts';
import { visuallyHidden } from '../shell/visually-hidden.ts';
import { type FileDetail, rangeStates, type RangeState, rangeTotals, type ShownCell, shownCells, statesOf } from './ranges.ts';
import { logTexts } from './text.ts';

/** Each has a form of its own beside its colour: full, striped, crossed, empty. */
const looks: Readonly<Record<RangeState, Look>> = {
  done: { bgcolor: 'success.main' },
  scanning: {
    background: ({ palette }) => `repeating-linear-gradient(45deg, ${palette.info.main} 0 3px, ${palette.background.paper} 3px 6px)`,
  },
  failed: {
    background: ({ palette }) =>
      `linear-gradient(45deg, transparent 42%, ${palette.background.paper} 42% 58%, transparent 58%),` +
      `linear-gradient(-45deg, transparent 42%, ${palette.background.paper} 42% 58%, transparent 58%), ${palette.error.main}`,
  },
  waiting: { bgcolor: 'background.paper' },
};

type Look = { readonly bgcolor: string } | { readonly background: (theme: Theme) => string };

/** A file's ranges in its order, as cells or as a table. Whoever does not see the cells has the table, too. */
export function RangeMap({ file }: { readonly file: FileDetail }) {
  const { ranges: text } = useText(logTexts);
  const format = useFormat();
  const [view, setView] = useState<'map' | 'table'>('map');
  const cells = shownCells(file);
  const { rangesPerCell } = file.ranges.map;
  if (cells.length === 0) return <Typography color="textSecondary">{text.none}</Typography>;
  return (
    <Box component="section" aria-label={text.title} data-ranges sx={{ p: 2 }}>
      <Stack direction="row" sx={{ gap: 1, mb: 1, alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap' }}>
        <Typography variant="h2">{text.title}</Typography>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={view}
          aria-label={text.view}
          onChange={(_, next: 'map' | 'table' | null) => setView(next ?? view)}
        >
          <ToggleButton value="map">{text.map}</ToggleButton>
          <ToggleButton value="table">{text.table}</ToggleButton>
        </ToggleButtonGroup>
      </Stack>
      <Legend cells={cells} />
      {rangesPerCell === 1 ? null : (
        <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
          {text.several(format.count(rangesPerCell))}
        </Typography>
      )}
      {view === 'map' ? (
        <>
          <Cells cells={cells} />
          <Box sx={visuallyHidden}>
            <RangeTable cells={cells} />
          </Box>
        </>
      ) : (
        <Box tabIndex={0} role="region" aria-label={text.title} sx={{ overflow: 'auto', maxHeight: 420 }}>
          <RangeTable cells={cells} />
        </Box>
      )}
    </Box>
  );
}

interface CellsProps {
  readonly cells: readonly ShownCell[];
}

/** How many ranges there are of each kind, and how they look. */
function Legend({ cells }: CellsProps) {
  const { ranges: text } = useText(logTexts);
  const format = useFormat();
  const totals = rangeTotals(cells);
  return (
    <Stack component="ul" direction="row" sx={{ gap: 2, flexWrap: 'wrap', listStyle: 'none', p: 0, m: 0, mb: 1.5 }}>
      {rangeStates.toReversed().map((state) => (
        <Stack key={state} component="li" direction="row" data-total={state} sx={{ gap: 0.75, alignItems: 'center' }}>
          <Box aria-hidden sx={{ width: 14, height: 14, border: 1, borderColor: 'text.secondary', borderRadius: 0.25, ...looks[state] }} />
          <Typography variant="body2">
            {text.states[state]}: {format.count(totals[state])}
          </Typography>
        </Stack>
      ))}
    </Stack>
  );
}

function Cells({ cells }: CellsProps) {
  const { ranges: text } = useText(logTexts);
  const format = useFormat();
  return (
    <Box aria-hidden sx={{ display: 'grid', gap: '3px', gridTemplateColumns: 'repeat(auto-fill, minmax(14px, 1fr))', maxWidth: 1100 }}>
      {cells.map((cell) => (
        <Box
          key={cell.first}
          data-cell={statesOf(cell)[0]}
          title={`${rangesText(cell, text, format)} · ${statesText(cell, text, format)} · ${text.found(format.count(cell.records))}`}
          sx={{ height: 18, display: 'flex', border: 1, borderColor: 'text.secondary', borderRadius: 0.25, overflow: 'hidden' }}
        >
          {statesOf(cell).map((state) => (
            <Box key={state} sx={{ flexGrow: cell[state], flexBasis: 0, ...looks[state] }} />
          ))}
        </Box>
      ))}
    </Box>
  );
}

function RangeTable({ cells }: CellsProps) {
  const { ranges: text } = useText(logTexts);
  const format = useFormat();
  return (
    <Table size="small" stickyHeader aria-label={text.title}>
      <TableHead>
        <TableRow>
          <TableCell>{text.columns.range}</TableCell>
          <TableCell>{text.columns.state}</TableCell>
          <TableCell align="right">{text.columns.records}</TableCell>
          <TableCell align="right">{text.columns.from}</TableCell>
          <TableCell align="right">{text.columns.to}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {cells.map((cell) => (
          <TableRow key={cell.first}>
            <TableCell component="th" scope="row" sx={{ whiteSpace: 'nowrap', fontWeight: 400 }}>
              {rangesText(cell, text, format)}
            </TableCell>
            <TableCell>{statesText(cell, text, format)}</TableCell>
            <TableCell align="right">{format.count(cell.records)}</TableCell>
            <TableCell align="right">{format.bytes(cell.start)}</TableCell>
            <TableCell align="right">{format.bytes(cell.end)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type RangeTexts = (typeof logTexts)['en']['ranges'];
type Format = ReturnType<typeof useFormat>;

const rangesText = ({ first, last }: ShownCell, text: RangeTexts, format: Format): string =>
  first === last ? text.one(format.count(first)) : text.span(format.count(first), format.count(last));

/** Of one range, its state; of several, how many are in which. */
function statesText(cell: ShownCell, text: RangeTexts, format: Format): string {
  const states = statesOf(cell);
  if (cell.first === cell.last) return states.map((state) => text.states[state]).join('');
  return states.map((state) => `${text.states[state]}: ${format.count(cell[state])}`).join(', ');
}
