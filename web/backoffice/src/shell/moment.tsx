import { Typography } from '@mui/material';
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
    <time dateTime={iso} title={format.preciseInstant(iso)}>
      {isShort ? format.since(iso, now()) : format.moment(iso)}
      {isShort ? null : (
        <Typography component="span" variant="body2" color="text.secondary" sx={{ display: 'block' }}>
          {format.since(iso, now())}
        </Typography>
      )}
    </time>
  );
}
