import { Box, List, ListItem, Typography } from '@mui/material';
import { Moment } from '../shell/moment.tsx';
import { useText } from '../shell/use-text.ts';
import { walletTexts } from './text.ts';

export interface TimelineEvent {
  readonly at: string;
  readonly label: string;
  readonly who: string;
  readonly detail: string | null;
}

/** What happened, oldest first. */
export function Timeline({ events }: { readonly events: readonly TimelineEvent[] }) {
  const { timeline } = useText(walletTexts);
  if (events.length === 0) return <Typography sx={{ p: 2 }}>{timeline.empty}</Typography>;
  return (
    <List component="ol" disablePadding aria-label={timeline.label}>
      {events.map(({ at, label, who, detail }, place) => (
        // Two may happen at the same instant, and none goes away.
        // oxlint-disable-next-line react/no-array-index-key
        <ListItem key={`${at}${place}`} divider sx={{ display: 'block' }}>
          <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, flexWrap: 'wrap' }}>
            <Typography sx={{ fontWeight: 600 }}>{label}</Typography>
            <Typography component="span" variant="body2" color="textSecondary">
              <Moment iso={at} isShort />
            </Typography>
          </Box>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {who}
          </Typography>
          {detail === null ? null : (
            <Typography variant="body2" sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {detail}
            </Typography>
          )}
        </ListItem>
      ))}
    </List>
  );
}
