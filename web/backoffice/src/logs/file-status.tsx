import { Chip, LinearProgress, Stack, Typography } from '@mui/material';
import { useFormat, useText } from '../shell/use-text.ts';
import { fileName, isOpen, type LogFile, shareDone } from './file-state.ts';
import { logTexts } from './text.ts';

const colors = { planned: 'default', scanning: 'info', done: 'success', failed: 'error' } as const;

/** Status, and while it is open how far it is; why it failed, where it has. */
export function FileStatus({ file }: { readonly file: LogFile }) {
  const { files: text } = useText(logTexts);
  const format = useFormat();
  const percent = Math.floor(shareDone(file) * 100);
  return (
    <Stack sx={{ gap: 0.5, alignItems: 'flex-start', minWidth: 120 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center' }}>
        <Chip size="small" variant="outlined" color={colors[file.status]} label={text.status[file.status]} />
        {isOpen(file) ? (
          <Typography variant="body2">
            {format.count(percent)}% · {text.ranges(format.count(file.progress.rangesDone), format.count(file.progress.rangesTotal))}
          </Typography>
        ) : null}
      </Stack>
      {isOpen(file) ? (
        <LinearProgress variant="determinate" value={percent} aria-label={text.progress(fileName(file.key))} sx={{ width: '100%' }} />
      ) : null}
      {file.failure === null ? null : (
        <Typography variant="body2" color="error" title={file.failure.detail}>
          {text.failure[file.failure.reason]}
        </Typography>
      )}
    </Stack>
  );
}
