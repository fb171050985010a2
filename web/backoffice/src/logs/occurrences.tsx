import { Button, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-admin';
import { answer, type QueryOf } from '../shell/api/client.ts';
import { useApi } from '../shell/desk-context.ts';
import { writeAddress } from '../shell/list/filters.ts';
import { useText } from '../shell/use-text.ts';
import type { LogErrorDetail } from './file-state.ts';
import { logTexts } from './text.ts';

/** The list is newest first, so it is asked for from this error's time on, back to it, and from it on further back. */
const nearbyMax = 100;

/** The occurrences of the same pattern before and after one, and the pattern itself, once there is one. */
export function Occurrences({ error, search }: { readonly error: LogErrorDetail; readonly search: string }) {
  const { error: text } = useText(logTexts);
  const { older, newer } = useNearby(error);
  const { pattern } = error;
  if (error.patternId === null) return null;
  if (pattern === null) {
    return (
      <Typography role="status" variant="body2" color="textSecondary" data-no-pattern sx={{ px: 2, pb: 1 }}>
        {text.noPattern}
      </Typography>
    );
  }
  const link = (id: string | undefined, label: string) =>
    id === undefined ? null : (
      <Button component={Link} to={`/log-errors/${id}/show${search}`} size="small" variant="outlined">
        {label}
      </Button>
    );
  return (
    <Stack direction="row" component="nav" aria-label={text.occurrences} sx={{ px: 2, pb: 1, gap: 1, flexWrap: 'wrap' }}>
      <Button component={Link} to={`/log-patterns/${encodeURIComponent(pattern)}/show`} size="small" variant="contained">
        {text.toPattern}
      </Button>
      <Button component={Link} to={`/log-errors${writeAddress({ values: { pattern } })}`} size="small" variant="outlined">
        {text.sameErrors}
      </Button>
      {link(older, text.olderOccurrence)}
      {link(newer, text.newerOccurrence)}
    </Stack>
  );
}

function useNearby({ id, pattern, time }: LogErrorDetail): { readonly older: string | undefined; readonly newer: string | undefined } {
  const api = useApi();
  const ask = async (edge: 'from' | 'to'): Promise<readonly string[]> => {
    const query = { pattern, limit: nearbyMax, ...(time !== null && { [edge]: time }) } as QueryOf<'/api/admin/logs/search'>;
    const { errors } = await answer(api.GET('/api/admin/logs/search', { params: { query } }));
    return errors.map((error) => error.id);
  };
  const { data } = useQuery({
    queryKey: ['log-occurrences', id, pattern],
    // Before there is a pattern there is nothing to ask for.
    enabled: pattern !== null,
    queryFn: async () => {
      const [from, to] = await Promise.all([ask('from'), ask('to')]);
      return { newer: from[from.indexOf(id) - 1], older: to[to.indexOf(id) + 1] };
    },
  });
  return { older: data?.older, newer: data?.newer };
}
