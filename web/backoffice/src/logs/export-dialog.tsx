import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  LinearProgress,
  ToggleButton,
  ToggleButtonGroup,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, type Schemas } from '../shell/api/client.ts';
import { Answered } from '../shell/answered.tsx';
import { AttemptNote } from '../shell/attempt/attempt-note.tsx';
import { useAttempt } from '../shell/attempt/use-attempt.ts';
import { useApi, useDesk } from '../shell/desk-context.ts';
import { shellTexts } from '../shell/text/texts.ts';
import { useFormat, useText } from '../shell/use-text.ts';
import { type ErrorFilterValues, exportFilter } from './error-filters.ts';
import { logTexts } from './text.ts';

const formats = ['csv', 'ndjson'] as const;
type ExportFormat = (typeof formats)[number];

/** Pause between two looks at an export that is being written. */
const lookAgainMs = 1_500;

interface ExportDialogProps {
  /** Filters of the list: the file has what they show, on all pages. */
  readonly values: ErrorFilterValues;
  readonly close: () => void;
}

/** Has the errors of the list written into a file, waits for it, and hands it over. */
export function ExportDialog({ values, close }: ExportDialogProps) {
  const { api, now } = useDesk();
  const { exports: text } = useText(logTexts);
  const { decide } = useText(shellTexts);
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [exportId, setExportId] = useState<string>();
  const attempt = useAttempt();
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(async () => {
      const body = { format, filter: exportFilter(values, now()) };
      setExportId((await answer(api.POST('/api/admin/logs/exports', { body }))).id);
    });
  };
  return (
    <Dialog open onClose={close} aria-labelledby="export-title" fullWidth maxWidth="sm">
      <form onSubmit={ask}>
        <DialogTitle id="export-title">{text.title}</DialogTitle>
        <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
          <DialogContentText>{text.explanation}</DialogContentText>
          {exportId === undefined ? (
            <ToggleButtonGroup
              exclusive
              size="small"
              value={format}
              aria-label={text.format}
              onChange={(_, next: ExportFormat | null) => setFormat(next ?? format)}
            >
              {formats.map((one) => (
                <ToggleButton key={one} value={one}>
                  {text.formats[one]}
                </ToggleButton>
              ))}
            </ToggleButtonGroup>
          ) : (
            <Export exportId={exportId} />
          )}
          <AttemptNote attempt={attempt} />
        </DialogContent>
        <DialogActions>
          <Button onClick={close}>{exportId === undefined ? decide.cancel : text.close}</Button>
          {exportId === undefined ? (
            <Button type="submit" variant="contained" disabled={attempt.isBusy || attempt.waitSeconds > 0}>
              {text.ask}
            </Button>
          ) : null}
        </DialogActions>
      </form>
    </Dialog>
  );
}

function Export({ exportId }: { readonly exportId: string }) {
  const api = useApi();
  const query = useQuery({
    queryKey: ['log-export', exportId],
    queryFn: () => answer(api.GET('/api/admin/logs/exports/{exportId}', { params: { path: { exportId } } })),
    refetchInterval: ({ state }) => (state.data === undefined || state.data.status === 'queued' ? lookAgainMs : false),
  });
  return <Answered query={query}>{(found) => <ExportState found={found} />}</Answered>;
}

function ExportState({ found }: { readonly found: Schemas['LogExport'] }) {
  const { exports: text } = useText(logTexts);
  const format = useFormat();
  const said = {
    queued: text.queued,
    failed: text.failed,
    done: text.done(format.count(found.records), format.bytes(found.bytes)),
  };
  return (
    <div role="status">
      {said[found.status]}
      {found.partial ? ` ${text.partial}` : ''}
      {found.status === 'queued' ? <LinearProgress aria-label={text.queued} sx={{ mt: 1 }} /> : null}
      {found.url === null ? null : (
        <Button component="a" href={found.url} variant="contained" sx={{ mt: 2, display: 'flex', width: 'fit-content' }}>
          {text.download}
        </Button>
      )}
    </div>
  );
}
