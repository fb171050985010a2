import { Box, List, ListItem, Typography } from '@mui/material';
import { useFormat, useText } from '../shell/use-text.ts';
import type { FileDetail } from './ranges.ts';
import { logTexts } from './text.ts';

/** Which parts of the file could not be scanned, and why. */
export function FailedRanges({ file: { ranges } }: { readonly file: FileDetail }) {
  const { files: text } = useText(logTexts);
  const format = useFormat();
  if (ranges.failures.length === 0) return null;
  return (
    <Box sx={{ px: 2, pb: 1 }}>
      <Typography variant="body2" color="error">
        {text.failedRanges(format.count(ranges.failed))}
      </Typography>
      <List dense disablePadding aria-label={text.failedRanges(format.count(ranges.failed))}>
        {ranges.failures.map(({ range, start, end, reason, detail }) => (
          <ListItem key={range} disableGutters title={detail} sx={{ py: 0 }}>
            <Typography variant="body2">
              {text.range(format.count(range + 1), format.bytes(start), format.bytes(end))}: {text.failure[reason]}
            </Typography>
          </ListItem>
        ))}
      </List>
    </Box>
  );
}
