import { Box, Typography } from '@mui/material';
import { useDesk } from './desk-context.ts';
import { shellTexts } from './text/texts.ts';
import { useFormat, useText } from './use-text.ts';

/** A time, how long ago it was, and on request to the millisecond. */
export function Moment({ iso, isShort = false }: { readonly iso: string | null; readonly isShort?: boolean }) {
  const format = useFormat();
  const { now } = useDesk();
  const { none } = useText(shellTexts);
  if (iso === null) return none;
  return (
    <Box component="time" dateTime={iso} title={format.preciseInstant(iso)} sx={{ whiteSpace: 'nowrap' }}>
      {isShort ? format.since(iso, now()) : format.moment(iso)}
      {isShort || !format.isRecent(iso, now()) ? null : (
        <Typography component="span" variant="body2" color="textSecondary" sx={{ display: 'block' }}>
          {format.since(iso, now())}
        </Typography>
      )}
    </Box>
  );
}
