import Upload from '@mui/icons-material/UploadFile';
import { Box, Button, LinearProgress, List, ListItem, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { type DragEvent, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useDesk } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { logTexts } from '../text.ts';
import { putPart } from './put-part.ts';
import { abortUpload, sendFile } from './send-file.ts';
import { type BegunUpload, uploadMemory } from './upload-memory.ts';
import { type Upload as UploadRecord, uploadBytesMax, uploadQueue } from './uploads.ts';

const uploads = uploadQueue<File>();
const memory = uploadMemory(localStorage, () => Date.now());

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

function useAddFiles(): (files: Iterable<File>) => void {
  const { api, now } = useDesk();
  return (files) => uploads.add(files, sendFile({ api, memory, put: putPart, now, pause }));
}

/** Opens the browser's file dialog. */
export function UploadButton() {
  const { upload: text } = useText(logTexts);
  const addFiles = useAddFiles();
  const input = useRef<HTMLInputElement>(null);
  const choose = (): void => {
    const { current } = input;
    if (current === null) return;
    addFiles(current.files ?? []);
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

/** Takes files that are dropped on what it holds. The button beside it is the way for whoever does not drag. */
export function DropZone({ children }: { readonly children: ReactNode }) {
  const { upload: text } = useText(logTexts);
  const addFiles = useAddFiles();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    addFiles(event.dataTransfer.files);
  };
  return (
    <Box
      data-drop
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={{ outline: isOver ? '2px dashed' : 'none', outlineColor: 'primary.main', outlineOffset: -4, borderRadius: 1 }}
    >
      <Typography variant="body2" color="textSecondary" sx={{ px: 2, pt: 2, display: { xs: 'none', sm: 'block' } }}>
        {isOver ? text.dropNow : text.drop}
      </Typography>
      {children}
    </Box>
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
  const begun = useSyncExternalStore(memory.watch, memory.all);
  // What this tab sends is shown as such.
  const interrupted = begun.filter(({ name, bytes }) => !current.some((one) => one.name === name && one.bytes === bytes));
  if (current.length + interrupted.length === 0) return null;
  return (
    <List aria-label={text.list} sx={{ borderBottom: 1, borderColor: 'divider' }}>
      {current.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
      {interrupted.map((upload) => (
        <InterruptedRow key={upload.uploadId} upload={upload} />
      ))}
    </List>
  );
}

/** One that a reload, or another tab, has left behind. */
function InterruptedRow({ upload }: { readonly upload: BegunUpload }) {
  const { api } = useDesk();
  const { upload: text } = useText(logTexts);
  const format = useFormat();
  return (
    <ListItem sx={{ display: 'block' }} data-interrupted>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography sx={{ fontWeight: 600, flex: 1, minWidth: 120, overflowWrap: 'anywhere' }}>
          {upload.name} ({format.bytes(upload.bytes)})
        </Typography>
        <Act act={text.giveUp} name={upload.name} run={() => void abortUpload({ api, memory }, upload)} />
      </Stack>
      <Typography variant="body2" color="textSecondary">
        {text.interrupted}
      </Typography>
    </ListItem>
  );
}

function UploadRow({ upload }: { readonly upload: UploadRecord }) {
  const { upload: text } = useText(logTexts);
  const { id, name, state, bytes, bytesDone } = upload;
  const isRunning = state === 'waiting' || state === 'checking' || state === 'sending';
  const share = bytes === 0 ? 0 : (bytesDone / bytes) * 100;
  return (
    <ListItem sx={{ display: 'block' }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography sx={{ fontWeight: 600, flex: 1, minWidth: 120, overflowWrap: 'anywhere' }}>{name}</Typography>
        <StateText upload={upload} />
        {isRunning ? <Act act={text.cancel} name={name} run={() => uploads.cancel(id)} /> : null}
        {state === 'failed' || state === 'cancelled' ? <Act act={text.retry} name={name} run={() => uploads.retry(id)} /> : null}
        {state === 'duplicate' ? <Act act={text.sendAgain} name={name} run={() => uploads.sendAgain(id)} /> : null}
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

function StateText({ upload: { state, bytes, bytesDone } }: { readonly upload: UploadRecord }) {
  const { upload: text } = useText(logTexts);
  const format = useFormat();
  const texts = {
    waiting: text.waiting,
    checking: text.checking(format.bytes(bytesDone), format.bytes(bytes)),
    sending: text.sending(format.bytes(bytesDone), format.bytes(bytes)),
    duplicate: text.duplicate,
    sent: text.sent,
    failed: text.failed,
    cancelled: text.cancelled,
    'too-large': text.tooLarge(format.bytes(uploadBytesMax)),
  };
  return (
    <Box role={state === 'sending' || state === 'checking' ? undefined : 'status'}>
      <Typography variant="body2" color={state === 'failed' || state === 'too-large' ? 'error' : 'textSecondary'}>
        {texts[state]}
      </Typography>
    </Box>
  );
}
