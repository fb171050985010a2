import Upload from '@mui/icons-material/UploadFile';
import { Box, Button, LinearProgress, List, ListItem, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useApi } from '../shell/desk-context.ts';
import { useFormat, useText } from '../shell/use-text.ts';
import { sendFile } from './send-file.ts';
import { logTexts } from './text.ts';
import { type Upload as UploadRecord, uploadBytesMax, uploadQueue } from './uploads.ts';

const uploads = uploadQueue<File>();

/** Opens the browser's file dialog. */
export function UploadButton() {
  const api = useApi();
  const { upload: text } = useText(logTexts);
  const input = useRef<HTMLInputElement>(null);
  const choose = (): void => {
    const { current } = input;
    if (current === null) return;
    uploads.add(current.files ?? [], sendFile(api));
    // The same file may be chosen again.
    current.value = '';
  };
  return (
    <>
      <input ref={input} type="file" multiple hidden onChange={choose} aria-label={text.choose} data-upload />
      <Button variant="contained" startIcon={<Upload />} onClick={() => input.current?.click()}>
        {text.choose}
      </Button>
    </>
  );
}

/** What is being sent; nothing while nothing is. */
export function UploadList() {
  const { upload: text } = useText(logTexts);
  const client = useQueryClient();
  const current = useSyncExternalStore(uploads.watch, uploads.current);
  const sent = current.filter(({ state }) => state === 'sent').length;
  useEffect(() => {
    if (sent > 0) void client.invalidateQueries({ queryKey: ['log-files'] });
  }, [sent, client]);
  if (current.length === 0) return null;
  return (
    <List aria-label={text.list} sx={{ borderBottom: 1, borderColor: 'divider' }}>
      {current.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </List>
  );
}

function UploadRow({ upload }: { readonly upload: UploadRecord }) {
  const { upload: text } = useText(logTexts);
  const { id, name, state, bytes, bytesSent } = upload;
  const isRunning = state === 'waiting' || state === 'sending';
  const share = bytes === 0 ? 0 : (bytesSent / bytes) * 100;
  return (
    <ListItem sx={{ display: 'block' }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography sx={{ fontWeight: 600, flex: 1, minWidth: 120, overflowWrap: 'anywhere' }}>{name}</Typography>
        <StateText upload={upload} />
        {isRunning ? <Act act={text.cancel} name={name} run={() => uploads.cancel(id)} /> : null}
        {state === 'failed' || state === 'cancelled' ? <Act act={text.retry} name={name} run={() => uploads.retry(id)} /> : null}
        {isRunning ? null : <Act act={text.dismiss} name={name} run={() => uploads.dismiss(id)} />}
      </Stack>
      {isRunning ? <LinearProgress variant="determinate" value={share} aria-label={text.progress(name)} sx={{ mt: 0.5 }} /> : null}
    </ListItem>
  );
}

function Act({ act, name, run }: { readonly act: string; readonly name: string; readonly run: () => void }) {
  const { upload: text } = useText(logTexts);
  return (
    <Button size="small" onClick={run} aria-label={text.of(act, name)}>
      {act}
    </Button>
  );
}

function StateText({ upload: { state, bytes, bytesSent } }: { readonly upload: UploadRecord }) {
  const { upload: text } = useText(logTexts);
  const format = useFormat();
  const texts = {
    waiting: text.waiting,
    sending: text.sending(format.bytes(bytesSent), format.bytes(bytes)),
    sent: text.sent,
    failed: text.failed,
    cancelled: text.cancelled,
    'too-large': text.tooLarge(format.bytes(uploadBytesMax)),
  };
  return (
    <Box role={state === 'sending' ? undefined : 'status'}>
      <Typography variant="body2" color={state === 'failed' || state === 'too-large' ? 'error' : 'textSecondary'}>
        {texts[state]}
      </Typography>
    </Box>
  );
}
