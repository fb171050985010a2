import { Box, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { Answered } from '../../shell/answered.tsx';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi, useMay } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { SessionList } from '../account/session-list.tsx';
import { accountTexts } from '../account/text.ts';
import type { MemberDetail } from './member-source.ts';
import { memberTexts } from './text.ts';

/** Where a member is signed in; those who decide can end it. */
export function MemberSessions({ member: { id: memberId, handle } }: { readonly member: MemberDetail }) {
  const api = useApi();
  const may = useMay();
  const { sessions: text } = useText(memberTexts);
  const { sessions: shared } = useText(accountTexts);
  const [isEndingAll, setEndingAll] = useState(false);
  const path = { memberId };
  const query = useQuery({
    queryKey: ['member-sessions', memberId],
    queryFn: () => answer(api.GET('/api/admin/members/{memberId}/sessions', { params: { path } })),
  });
  const end = (sessionId: string) =>
    answer(api.DELETE('/api/admin/members/{memberId}/sessions/{sessionId}', { params: { path: { memberId, sessionId } } }));
  const mayEnd = may('members:decide');
  return (
    <Answered query={query}>
      {({ sessions }) => (
        <>
          <SessionList sessions={sessions} {...(mayEnd && { end })} />
          {mayEnd && sessions.length > 0 ? (
            <Box sx={{ p: 2 }}>
              <Button variant="outlined" color="error" onClick={() => setEndingAll(true)}>
                {text.endAll}
              </Button>
            </Box>
          ) : null}
          {isEndingAll ? (
            <DecisionDialog
              title={text.endAllTitle(handle)}
              explanation={text.endAllText}
              confirm={text.endAll}
              isDangerous
              decide={() => answer(api.DELETE('/api/admin/members/{memberId}/sessions', { params: { path } }))}
              done={shared.endedAll}
              close={() => setEndingAll(false)}
            />
          ) : null}
        </>
      )}
    </Answered>
  );
}
