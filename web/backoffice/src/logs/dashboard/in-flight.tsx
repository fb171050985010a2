import { Box, Link as PlainLink, List, ListItem, Stack, Typography } from '@mui/material';
import { Link } from 'react-admin';
import { useFormat, useText } from '../../shell/use-text.ts';
import { fileName, type LogFile } from '../file-state.ts';
import { FileStatus } from '../file-status.tsx';
import { dashboardTexts } from './text.ts';

/** Files that are being scanned, with how far they are; each leads to its ranges. */
export function InFlight({ files }: { readonly files: readonly LogFile[] }) {
  const text = useText(dashboardTexts);
  const format = useFormat();
  return (
    <Box component="section" aria-label={text.inFlight} sx={{ p: 2 }}>
      <Typography variant="h2">{text.inFlight}</Typography>
      {files.length === 0 ? <Typography color="textSecondary">{text.noneInFlight}</Typography> : null}
      <List disablePadding aria-label={text.inFlight}>
        {files.map((file) => (
          <ListItem key={file.id} disableGutters sx={{ display: 'block' }}>
            <Stack direction="row" sx={{ gap: 2, justifyContent: 'space-between', flexWrap: 'wrap' }}>
              <PlainLink component={Link} to={`/log-files/${file.id}/show`} data-row>
                {fileName(file.key)}
              </PlainLink>
              <Typography variant="body2" color="textSecondary">
                {format.bytes(file.progress.bytesDone)} / {format.bytes(file.progress.bytesTotal)}
              </Typography>
            </Stack>
            <FileStatus file={file} />
          </ListItem>
        ))}
      </List>
    </Box>
  );
}
