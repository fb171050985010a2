import { Box, Card, Chip, Stack, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Answered } from '../../shell/answered.tsx';
import { answer, type Schemas } from '../../shell/api/client.ts';
import { useDesk } from '../../shell/desk-context.ts';
import { ChoiceField, FilterBar, TextFilter } from '../../shell/list/filter-bar.tsx';
import { activeFilters } from '../../shell/list/filters.ts';
import { Page } from '../../shell/page.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import type { WindowName } from '../time-window.ts';
import { type AddressFilters, useFilters } from '../use-filters.ts';
import { WindowFields } from '../window-fields.tsx';
import { dashboardFilters, dashboardQuery, type DashboardValues } from './dashboard-filters.ts';
import { DashboardTiles } from './dashboard-tiles.tsx';
import { ErrorsOverTime } from './errors-over-time.tsx';
import { InFlight } from './in-flight.tsx';
import { PatternLists } from './pattern-lists.tsx';
import { dashboardTexts } from './text.ts';

export type DashboardView = Schemas['LogDashboard'];

const presets: readonly WindowName[] = ['24h', '30d', '90d', 'custom'];
/** Pause between two looks: while files are scanned, and while nothing moves. */
const againMs = { moving: 3_000, resting: 60_000 } as const;

/** Errors over time, the patterns worth a look, and how scanning goes. Every figure opens what it counts. */
export function LogDashboardPage() {
  const { api, now } = useDesk();
  const text = useText(dashboardTexts);
  const format = useFormat();
  const filters = useFilters(dashboardFilters);
  const { by: _, ...asked } = filters.values;
  const query = useQuery({
    queryKey: ['log-dashboard', asked],
    queryFn: ({ signal }) => answer(api.GET('/api/admin/logs/dashboard', { params: { query: dashboardQuery(asked, now()) }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.scan.inFlight.length ?? 0) > 0 ? againMs.moving : againMs.resting),
  });
  return (
    <Page title={text.title} isBare>
      <Card variant="outlined" sx={{ mb: 2 }}>
        <DashboardFilters filters={filters} />
      </Card>
      <Answered query={query}>
        {(view) => (
          <Box aria-busy={query.isPlaceholderData} sx={{ opacity: query.isPlaceholderData ? 0.6 : 1 }}>
            <DashboardContent view={view} filters={filters} />
            <Typography variant="body2" color="textSecondary" sx={{ mt: 2 }}>
              {text.updated(format.clock(query.dataUpdatedAt))}
            </Typography>
          </Box>
        )}
      </Answered>
    </Page>
  );
}

interface FilterProps {
  readonly filters: AddressFilters<typeof dashboardFilters>;
}

function DashboardContent({ view, filters }: FilterProps & { readonly view: DashboardView }) {
  const { values } = filters;
  return (
    <>
      <DashboardTiles view={view} values={values} />
      <Card variant="outlined" sx={{ my: 2 }}>
        <ErrorsOverTime view={view} values={values} divideBy={(by) => filters.filterBy({ by })} />
      </Card>
      <PatternLists view={view} values={values} />
      <Card variant="outlined" sx={{ mt: 2 }}>
        <InFlight files={view.scan.inFlight} />
      </Card>
    </>
  );
}

function DashboardFilters({ filters: { values, isFiltered, filterBy, clear } }: FilterProps) {
  const text = useText(dashboardTexts);
  const levels = (['error', 'fatal'] as const).map((level) => ({ value: level, label: text.levels[level] }));
  const lessUsed = (
    <>
      <ChoiceField label={text.level} value={values.level} onChange={(level) => filterBy({ level })} choices={levels} />
      <TextFilter label={text.service} value={values.service} onChange={(service) => filterBy({ service })} />
    </>
  );
  return (
    <>
      <FilterBar isFiltered={isFiltered} clear={clear} more={{ fields: lessUsed, active: activeFilters(values, ['level', 'service']) }}>
        <WindowFields values={values} onChange={filterBy} choices={presets} any={text.week} />
      </FilterBar>
      <OfFile values={values} anyFile={() => filterBy({ file: undefined })} />
    </>
  );
}

function OfFile({ values, anyFile }: { readonly values: DashboardValues; readonly anyFile: () => void }) {
  const text = useText(dashboardTexts);
  if (values.file === undefined) return null;
  return (
    <Stack direction="row" sx={{ px: 2, pb: 2 }}>
      <Chip label={text.ofFile} onDelete={anyFile} onClick={anyFile} aria-label={text.anyway(text.ofFile)} />
    </Stack>
  );
}
