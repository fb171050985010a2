import { Button, Link as PlainLink, List, ListItem, Typography } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { RemarkForm } from '../../shell/attempt/remark-form.tsx';
import { useApi, useMay, useSession } from '../../shell/desk-context.ts';
import { writeAddress } from '../../shell/list/filters.ts';
import { Moment } from '../../shell/moment.tsx';
import { LoadingState, ProblemState } from '../../shell/states.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { useStaffNames } from './pattern-dialogs.tsx';
import type { PatternDetail } from './pattern-source.ts';
import { patternTexts } from './text.ts';

type Activity = PatternDetail['activities'][number];

const commentCharactersMax = 5_000;
const limit = 20;

/** What people decided and said about a pattern, and what the scanner found out about it, newest first. */
export function PatternHistory({ pattern: { id: patternId, mergedInto } }: { readonly pattern: PatternDetail }) {
  const api = useApi();
  const may = useMay();
  const { history: text } = useText(patternTexts);
  const { lists } = useText(shellTexts);
  const query = useInfiniteQuery({
    queryKey: ['log-pattern-activities', patternId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => {
      const params = { path: { patternId }, query: { limit, ...(cursor !== undefined && { cursor }) } };
      return answer(api.GET('/api/admin/logs/patterns/{patternId}/activities', { params }));
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const activities = query.data?.pages.flatMap((page) => page.activities);
  return (
    <>
      {may('logs:decide') && mergedInto === null ? <CommentForm patternId={patternId} said={() => void query.refetch()} /> : null}
      {query.isPending ? <LoadingState rows={2} /> : null}
      {query.error === null ? null : <ProblemState error={query.error} retry={() => void query.refetch()} />}
      {activities?.length === 0 ? <Typography sx={{ p: 2 }}>{text.empty}</Typography> : null}
      <List disablePadding>
        {activities?.map((activity) => (
          <ActivityRow key={activity.id} activity={activity} />
        ))}
      </List>
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage} sx={{ m: 1 }}>
          {lists.next}
        </Button>
      ) : null}
    </>
  );
}

function CommentForm({ patternId, said }: { readonly patternId: string; readonly said: () => void }) {
  const api = useApi();
  const { history: text } = useText(patternTexts);
  const send = async (comment: string): Promise<void> => {
    await answer(api.POST('/api/admin/logs/patterns/{patternId}/comments', { params: { path: { patternId } }, body: { text: comment } }));
    said();
  };
  const words = { form: text.add, field: text.text, submit: text.send, sent: text.sent };
  return <RemarkForm words={words} charactersMax={commentCharactersMax} send={send} />;
}

function ActivityRow({ activity }: { readonly activity: Activity }) {
  const { history: text } = useText(patternTexts);
  const who = useWho();
  const details = useDetails(activity);
  return (
    <ListItem divider sx={{ display: 'block' }}>
      <Typography>
        <strong>{activity.by === null ? text.scanner : who(activity.by, activity.byName)}</strong> {text.kinds[activity.kind]}
        {details.map((detail, at) => (
          <span key={at}> · {detail}</span>
        ))}
      </Typography>
      {activity.text === null ? null : (
        <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', my: 0.5 }}>{activity.text}</Typography>
      )}
      <Typography variant="body2" color="textSecondary">
        <Moment iso={activity.at} isShort />
      </Typography>
    </ListItem>
  );
}

/** What people are called: now, if one may see the staff, else as it was noted then. */
export function useWho(): (id: string, nameThen?: string | null) => string {
  const { facts } = useText(patternTexts);
  const oneself = useSession()?.staff.id;
  const names = useStaffNames();
  return (id, nameThen) => (id === oneself ? facts.oneself : (names.get(id) ?? nameThen ?? id));
}

function useDetails({ details, kind }: Activity): ReactNode[] {
  const { history } = useText(patternTexts);
  const { details: text } = history;
  const format = useFormat();
  const who = useWho();
  const patternLink = (id: string) => (
    <PlainLink key={id} component={Link} to={`/log-patterns/${encodeURIComponent(id)}/show`}>
      {text.pattern}
    </PlainLink>
  );
  const moment = (say: (moment: string) => string) => (iso: string) => say(format.moment(iso));
  const shown: Readonly<Record<string, (value: string) => ReactNode>> = {
    inVersion: text.inVersion,
    fixedAt: moment(text.fixedAt),
    until: moment(text.until),
    count: (count) => text.count(format.count(Number(count))),
    assignee: (id) => text.assignee(who(id, String(details['assigneeName'] ?? id))),
    into: patternLink,
    patterns: (ids) => ids.split(' ').map(patternLink),
    from: patternLink,
    fileId: (id) => (
      <PlainLink component={Link} to={`/log-errors${writeAddress({ values: { file: id } })}`}>
        {text.file}
      </PlainLink>
    ),
  };
  const given = Object.entries(details).flatMap(([name, value]) => (value === null ? [] : [shown[name]?.(String(value)) ?? null]));
  return kind === 'assigned' && details['assignee'] === null ? [text.nobody] : given.filter((detail) => detail !== null);
}
