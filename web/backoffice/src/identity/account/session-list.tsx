import { Button, Chip, List, ListItem, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import type { Schemas } from '../../shell/api/client.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { deviceOf } from './device.ts';
import { accountTexts } from './text.ts';

type Session = Schemas['Session'];

interface SessionListProps {
  readonly sessions: readonly Session[];
  /** Ends one; without it the list only shows. */
  readonly end?: (sessionId: string) => Promise<unknown>;
}

/** Where somebody is signed in. */
export function SessionList({ sessions, end }: SessionListProps) {
  const { sessions: text } = useText(accountTexts);
  const [ending, setEnding] = useState<Session>();
  if (sessions.length === 0) return <Typography sx={{ p: 2 }}>{text.none}</Typography>;
  return (
    <>
      <List disablePadding>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} {...(end && { end: () => setEnding(session) })} />
        ))}
      </List>
      {ending === undefined || end === undefined ? null : (
        <DecisionDialog
          title={text.endOf(deviceOf(ending.userAgent) ?? text.unknownDevice)}
          confirm={text.end}
          decide={() => end(ending.id)}
          done={text.ended}
          close={() => setEnding(undefined)}
        />
      )}
    </>
  );
}

function SessionRow({ session, end }: { readonly session: Session; readonly end?: () => void }) {
  const { sessions: text } = useText(accountTexts);
  const format = useFormat();
  const device = deviceOf(session.userAgent) ?? text.unknownDevice;
  return (
    <ListItem divider sx={{ gap: 2, justifyContent: 'space-between', alignItems: 'flex-start', flexWrap: 'wrap' }}>
      <div>
        <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <Typography sx={{ fontWeight: 600 }} title={session.userAgent}>
            {device}
          </Typography>
          {session.current ? <Chip size="small" label={text.current} /> : null}
        </Stack>
        <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          {session.address} · {text.lastUsed(format.moment(session.lastUsedAt))}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {text.since(format.moment(session.createdAt))}
        </Typography>
      </div>
      {end === undefined ? null : (
        <Button variant="outlined" color="error" size="small" onClick={end} aria-label={text.endOf(`${device}, ${session.address}`)}>
          {text.end}
        </Button>
      )}
    </ListItem>
  );
}
