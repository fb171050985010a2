import { Box, Card, CardActionArea, Typography } from '@mui/material';
import { Link } from 'react-admin';
import { writeAddress } from '../../shell/list/filters.ts';
import { useDesk } from '../../shell/desk-context.ts';
import { type Format } from '../../shell/format.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { spanOf } from '../time-window.ts';
import { errorsAddress, patternsAddress, type DashboardValues, windowDefault } from './dashboard-filters.ts';
import type { DashboardView } from './dashboard-page.tsx';
import { type DashboardTexts, dashboardTexts } from './text.ts';

interface DashboardTilesProps {
  readonly view: DashboardView;
  readonly values: DashboardValues;
}

interface Figure {
  readonly name: keyof DashboardTexts['tiles'];
  readonly value: string;
  readonly note?: string;
  readonly to: string;
}

/** Patterns in each list of the dashboard; as many mean that there may be more. */
const listedMax = 20;

export function DashboardTiles({ view, values }: DashboardTilesProps) {
  const { tiles } = useText(dashboardTexts);
  const figures = useFigures(view, values);
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr 1fr', sm: 'repeat(4, 1fr)' } }}>
      {figures.map(({ name, value, note, to }) => (
        <Card key={name} variant="outlined">
          <CardActionArea component={Link} to={to} data-tile={name} sx={{ p: 1.5, height: '100%' }}>
            <Typography variant="body2" color="textSecondary">
              {tiles[name]}
            </Typography>
            <Typography sx={{ fontSize: '1.5rem', fontWeight: 650, lineHeight: 1.3, overflowWrap: 'anywhere' }}>{value}</Typography>
            {note === undefined ? null : (
              <Typography variant="body2" color="textSecondary">
                {note}
              </Typography>
            )}
          </CardActionArea>
        </Card>
      ))}
    </Box>
  );
}

function useFigures({ totals, patterns, scan }: DashboardView, values: DashboardValues): readonly Figure[] {
  const text = useText(dashboardTexts);
  const format = useFormat();
  const { now } = useDesk();
  const listed = (count: number): string => (count < listedMax ? format.count(count) : text.atLeast(format.count(count)));
  const { window = windowDefault, from, to } = values;
  // The list's own time is when a pattern was last seen; a new one is known by when it was first.
  const firstFrom = spanOf({ window, from, to }, now()).from;
  return [
    { name: 'errors', value: format.count(totals.error), to: errorsAddress(values, { level: 'error' }) },
    { name: 'fatals', value: format.count(totals.fatal), to: errorsAddress(values, { level: 'fatal' }) },
    { name: 'new', value: listed(patterns.new.length), to: patternsAddress(values, { firstFrom }) },
    { name: 'regressed', value: listed(patterns.regressed.length), to: patternsAddress(values, { flag: 'regressed' }) },
    { name: 'files', value: format.count(scan.files), note: format.bytes(scan.bytes), to: '/log-files' },
    { name: 'failed', value: format.count(scan.failed), to: `/log-files${writeAddress({ values: { status: 'failed' } })}` },
    { name: 'speed', value: speedText(scan, text, format), to: '/log-files' },
    { name: 'lag', ...lagOf(scan, text, format), to: '/log-files' },
  ];
}

const speedText = ({ bytesPerSecond }: DashboardView['scan'], text: DashboardTexts, format: Format): string =>
  bytesPerSecond === null ? text.unknown : text.perSecond(format.bytes(bytesPerSecond));

/** The middle one, and below it the worst and what still waits. */
function lagOf({ lagSeconds, waiting }: DashboardView['scan'], text: DashboardTexts, format: Format): { value: string; note: string } {
  const queue = text.waiting(format.count(waiting));
  if (lagSeconds === null) return { value: text.unknown, note: queue };
  const [median, worst] = [lagSeconds.median, lagSeconds.worst].map((seconds) => format.countdown(Math.round(seconds)));
  return { value: median ?? '', note: `${text.worst(worst ?? '')} · ${queue}` };
}
