import { Box, Link as PlainLink, List, ListItem, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { Link } from 'react-admin';
import { useFormat, useText } from '../../shell/use-text.ts';
import type { Series, SeriesStep } from '../charts/series.ts';
import { SeriesView } from '../charts/series-view.tsx';
import { fileName } from '../file-state.ts';
import { useServiceName } from '../service-name.ts';
import { TemplateText } from '../template-text.tsx';
import { type Dimension, dimensions, type DashboardValues, errorsAddress, stepAddress } from './dashboard-filters.ts';
import type { DashboardView } from './dashboard-page.tsx';
import { dashboardTexts } from './text.ts';

interface ErrorsOverTimeProps {
  readonly view: DashboardView;
  readonly values: DashboardValues;
  readonly divideBy: (dimension: Dimension) => void;
}

/** One part of all errors: a line of the chart's legend that opens its list. */
interface Part extends Series {
  readonly total: number;
  readonly points: DashboardView['series']['all'];
  readonly to: string;
}

export function ErrorsOverTime({ view, values, divideBy }: ErrorsOverTimeProps) {
  const text = useText(dashboardTexts);
  const serviceName = useServiceName();
  const by = (values.by ?? 'level') as Dimension;
  const parts = by === 'level' ? [] : partsOf(by, view.series, { values, serviceName });
  const levels = ['error', 'fatal'] as const;
  const series: readonly Series[] =
    by === 'level'
      ? levels.map((level) => ({ name: level, label: text.levels[level], tone: level === 'fatal' ? 'error' : 'warning' }))
      : parts;
  return (
    <>
      <SeriesView
        title={text.over}
        timeLabel={text.time}
        step={view.step}
        series={series}
        steps={by === 'level' ? view.series.all.map(({ at, error, fatal }) => ({ at, counts: { error, fatal } })) : stepsOf(view, parts)}
        addressOf={(at) => stepAddress(values, at, view.step)}
        controls={<Dimensions by={by} divideBy={divideBy} />}
      />
      {by === 'level' ? null : <Parts parts={parts} by={by} />}
    </>
  );
}

function Dimensions({ by, divideBy }: { readonly by: Dimension; readonly divideBy: (dimension: Dimension) => void }) {
  const text = useText(dashboardTexts);
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={by}
      aria-label={text.by}
      onChange={(_, next: Dimension | null) => divideBy(next ?? by)}
    >
      {dimensions.map((dimension) => (
        <ToggleButton key={dimension} value={dimension}>
          {text.dimensions[dimension]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

interface PartsOptions {
  readonly values: DashboardValues;
  readonly serviceName: (service: string) => string;
}

/** Series have names of their own: what services and files are called may mean something to the chart. */
function partsOf(by: Exclude<Dimension, 'level'>, { services, files, patterns }: DashboardView['series'], options: PartsOptions): Part[] {
  const { values, serviceName } = options;
  const drafts = {
    service: () =>
      services.map((one) => ({ ...one, label: serviceName(one.service), to: errorsAddress(values, { service: one.service }) })),
    file: () =>
      files.map((one) => ({
        ...one,
        label: one.key === null ? one.fileId : fileName(one.key),
        to: errorsAddress(values, { file: one.fileId }),
      })),
    pattern: () => patterns.map((one) => ({ ...one, label: one.template, to: errorsAddress(values, { pattern: one.patternId }) })),
  };
  return drafts[by]().map(({ label, to, totals, points }, at) => ({
    name: `part${at}`,
    label,
    to,
    points,
    total: totals.error + totals.fatal,
  }));
}

function stepsOf({ series }: DashboardView, parts: readonly Part[]): SeriesStep[] {
  return series.all.map(({ at }, step) => ({
    at,
    counts: Object.fromEntries(parts.map(({ name, points }) => [name, (points[step]?.error ?? 0) + (points[step]?.fatal ?? 0)])),
  }));
}

function Parts({ parts, by }: { readonly parts: readonly Part[]; readonly by: Dimension }) {
  const text = useText(dashboardTexts);
  const format = useFormat();
  if (parts.length === 0) return null;
  return (
    <Box sx={{ px: 2, pb: 2 }}>
      <List dense disablePadding aria-label={text.parts(text.dimensions[by])}>
        {parts.map(({ name, label, total, to }) => (
          <ListItem key={name} disableGutters sx={{ justifyContent: 'space-between', gap: 2 }}>
            <PlainLink component={Link} to={to} data-part sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
              {by === 'pattern' ? <TemplateText template={label} /> : label}
            </PlainLink>
            <Typography variant="body2">{format.count(total)}</Typography>
          </ListItem>
        ))}
      </List>
      <Typography variant="body2" color="textSecondary">
        {text.largest}
      </Typography>
    </Box>
  );
}
