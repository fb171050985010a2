import { Box, Button, Card, Link as PlainLink, List, ListItem, Stack, Typography } from '@mui/material';
import { Link } from 'react-admin';
import { useDesk } from '../../shell/desk-context.ts';
import { Moment } from '../../shell/moment.tsx';
import type { Schemas } from '../../shell/api/client.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { PatternLevelChip } from '../patterns/pattern-marks.tsx';
import { TemplateText } from '../template-text.tsx';
import { spanOf } from '../time-window.ts';
import { type DashboardValues, patternsAddress, windowDefault } from './dashboard-filters.ts';
import type { DashboardView } from './dashboard-page.tsx';
import { dashboardTexts } from './text.ts';

type Listed = Schemas['LogPattern'] & { readonly inWindow?: { readonly error: number; readonly fatal: number } };

/** Of each list; the filtered list has them all. */
const shownMax = 6;

interface PatternListsProps {
  readonly view: DashboardView;
  readonly values: DashboardValues;
}

export function PatternLists({ view: { patterns }, values }: PatternListsProps) {
  const text = useText(dashboardTexts);
  const { now } = useDesk();
  const { window = windowDefault, from, to } = values;
  const firstFrom = spanOf({ window, from, to }, now()).from;
  return (
    <Box
      sx={{ display: 'grid', gap: 2, alignItems: 'start', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(3, minmax(0, 1fr))' } }}
    >
      <PatternList
        title={text.top}
        none={text.none.top}
        patterns={patterns.top}
        to={patternsAddress(values, { sort: 'count' })}
        instant={({ lastSeen }) => lastSeen}
      />
      <PatternList
        title={text.newPatterns}
        none={text.none.new}
        patterns={patterns.new}
        to={patternsAddress(values, { firstFrom })}
        instant={({ firstSeen }) => firstSeen}
      />
      <PatternList
        title={text.regressed}
        none={text.none.regressed}
        patterns={patterns.regressed}
        to={patternsAddress(values, { flag: 'regressed' })}
        instant={({ regressedAt, lastSeen }) => regressedAt ?? lastSeen}
      />
    </Box>
  );
}

interface PatternListProps {
  readonly title: string;
  readonly none: string;
  readonly patterns: readonly Listed[];
  /** The list that has them all. */
  readonly to: string;
  /** Which of a pattern's times matters here. */
  readonly instant: (pattern: Listed) => string;
}

function PatternList({ title, none, patterns, to, instant }: PatternListProps) {
  const text = useText(dashboardTexts);
  return (
    <Card variant="outlined" component="section" aria-label={title}>
      <Stack direction="row" sx={{ p: 2, pb: 0, gap: 1, justifyContent: 'space-between', alignItems: 'center' }}>
        <Typography variant="h2">{title}</Typography>
        <Button component={Link} to={to} size="small" aria-label={text.all(title)}>
          {text.see}
        </Button>
      </Stack>
      {patterns.length === 0 ? (
        <Typography color="textSecondary" sx={{ p: 2 }}>
          {none}
        </Typography>
      ) : (
        <List dense aria-label={title}>
          {patterns.slice(0, shownMax).map((pattern) => (
            <PatternRow key={pattern.id} pattern={pattern} instant={instant(pattern)} />
          ))}
        </List>
      )}
    </Card>
  );
}

function PatternRow({ pattern, instant }: { readonly pattern: Listed; readonly instant: string }) {
  const format = useFormat();
  const { inWindow, total } = pattern;
  return (
    <ListItem sx={{ display: 'block' }}>
      <PlainLink component={Link} to={`/log-patterns/${encodeURIComponent(pattern.id)}/show`} data-row>
        <TemplateText template={pattern.template} />
      </PlainLink>
      <Stack direction="row" sx={{ gap: 1, mt: 0.5, alignItems: 'center', flexWrap: 'wrap' }}>
        <PatternLevelChip level={pattern.level} />
        <Typography variant="body2">{format.count(inWindow === undefined ? total : inWindow.error + inWindow.fatal)}×</Typography>
        <Typography variant="body2" color="textSecondary">
          <Moment iso={instant} isShort />
        </Typography>
      </Stack>
    </ListItem>
  );
}
