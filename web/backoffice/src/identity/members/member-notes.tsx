import { Button, List, ListItem, Typography } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, type Schemas } from '../../shell/api/client.ts';
import { RemarkForm } from '../../shell/attempt/remark-form.tsx';
import { useApi, useMay } from '../../shell/desk-context.ts';
import { LoadingState, ProblemState } from '../../shell/states.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { memberTexts } from './text.ts';

const noteCharactersMax = 2_000;
const limit = 20;

/** What staff noted about a member, newest first. */
export function MemberNotes({ memberId }: { readonly memberId: string }) {
  const api = useApi();
  const may = useMay();
  const { notes: text } = useText(memberTexts);
  const { lists } = useText(shellTexts);
  const query = useInfiniteQuery({
    queryKey: ['member-notes', memberId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => {
      const params = { path: { memberId }, query: { limit, ...(cursor !== undefined && { cursor }) } };
      return answer(api.GET('/api/admin/members/{memberId}/notes', { params }));
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const notes = query.data?.pages.flatMap((page) => page.notes);
  return (
    <>
      {may('members:note') ? <NoteForm memberId={memberId} noted={() => void query.refetch()} /> : null}
      {query.isPending ? <LoadingState rows={2} /> : null}
      {query.error === null ? null : <ProblemState error={query.error} retry={() => void query.refetch()} />}
      {notes?.length === 0 ? <Typography sx={{ p: 2 }}>{text.empty}</Typography> : null}
      <List disablePadding>
        {notes?.map((note) => (
          <NoteRow key={note.id} note={note} />
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

function NoteRow({ note }: { readonly note: Schemas['MemberNote'] }) {
  const { notes: text } = useText(memberTexts);
  const format = useFormat();
  return (
    <ListItem divider sx={{ display: 'block' }}>
      <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{note.text}</Typography>
      <Typography variant="body2" color="textSecondary">
        {text.by(note.authorName)} · {format.moment(note.createdAt)}
      </Typography>
    </ListItem>
  );
}

function NoteForm({ memberId, noted }: { readonly memberId: string; readonly noted: () => void }) {
  const api = useApi();
  const { notes: text } = useText(memberTexts);
  const send = async (note: string): Promise<void> => {
    await answer(api.POST('/api/admin/members/{memberId}/notes', { params: { path: { memberId } }, body: { text: note } }));
    noted();
  };
  const words = { form: text.add, field: text.text, submit: text.save, sent: text.saved };
  return <RemarkForm words={words} charactersMax={noteCharactersMax} send={send} />;
}
