import { Box, Button, Chip, Link as PlainLink, List, ListItem, Stack, Typography } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { useApi } from '../../shell/desk-context.ts';
import { writeAddress } from '../../shell/list/filters.ts';
import { Moment } from '../../shell/moment.tsx';
import { LoadingState, ProblemState } from '../../shell/states.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { TemplateText } from '../template-text.tsx';
import type { Alert } from './rule-source.ts';
import { alertTexts } from './text.ts';

const limit = 20;
const statusColors = { pending: 'default', sent: 'success', refused: 'error' } as const;

/** What was told of late, to whom it did not get, and why. */
export function AlertList() {
  const api = useApi();
  const { alerts: text } = useText(alertTexts);
  const query = useInfiniteQuery({
    queryKey: ['log-alerts'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(api.GET('/api/admin/logs/alerts', { params: { query: { limit, ...(cursor !== undefined && { cursor }) } } })),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const alerts = query.data?.pages.flatMap((page) => page.alerts);
  return (
    <Box component="section" aria-label={text.title} sx={{ p: 2, borderTop: 1, borderColor: 'divider' }}>
      <Typography variant="h2">{text.title}</Typography>
      {query.isPending ? <LoadingState rows={2} /> : null}
      {query.error === null ? null : <ProblemState error={query.error} retry={() => void query.refetch()} />}
      {alerts?.length === 0 ? <Typography color="textSecondary">{text.empty}</Typography> : null}
      <List disablePadding aria-label={text.title}>
        {alerts?.map((alert) => (
          <AlertRow key={alert.id} alert={alert} />
        ))}
      </List>
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
          {text.more}
        </Button>
      ) : null}
    </Box>
  );
}

/** Leads to the pattern, or to those of the file; a test leads nowhere. */
function AlertTitle({ alert: { patternId, file, template, count, ruleName } }: { readonly alert: Alert }) {
  const { alerts: text } = useText(alertTexts);
  const format = useFormat();
  if (file === null) return <Typography>{text.test(ruleName)}</Typography>;
  const to =
    patternId === null
      ? `/log-patterns${writeAddress({ values: { file: file.id } })}`
      : `/log-patterns/${encodeURIComponent(patternId)}/show`;
  return (
    <PlainLink component={Link} to={to}>
      {template === null ? text.several(format.count(count)) : <TemplateText template={template} />}
    </PlainLink>
  );
}

function AlertRow({ alert }: { readonly alert: Alert }) {
  const { alerts: text } = useText(alertTexts);
  const format = useFormat();
  const { kind, count, status, detail } = alert;
  return (
    <ListItem disableGutters divider sx={{ display: 'block' }}>
      <AlertTitle alert={alert} />
      <Stack direction="row" sx={{ gap: 1, mt: 0.5, alignItems: 'center', flexWrap: 'wrap' }}>
        <Chip size="small" label={text.kinds[kind]} />
        <Chip size="small" variant="outlined" color={statusColors[status]} label={text.statuses[status]} />
        <Typography variant="body2">{kind === 'test' ? null : `${text.count(format.count(count))} · ${alert.ruleName}`}</Typography>
        <Typography variant="body2" color="textSecondary">
          <Moment iso={alert.raisedAt} isShort />
        </Typography>
      </Stack>
      {detail === null ? null : (
        <Typography variant="body2" color="error" sx={{ overflowWrap: 'anywhere' }}>
          {detail}
        </Typography>
      )}
    </ListItem>
  );
}
