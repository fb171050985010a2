import FileDownload from '@mui/icons-material/FileDownloadOutlined';
import { Button } from '@mui/material';
import { answer } from '../../shell/api/client.ts';
import { AttemptNote } from '../../shell/attempt/attempt-note.tsx';
import { useAttempt } from '../../shell/attempt/use-attempt.ts';
import { useApi } from '../../shell/desk-context.ts';
import { download } from '../../shell/download.ts';
import { useText } from '../../shell/use-text.ts';
import { type Days, timeOf } from './statement-filters.ts';
import { ledgerTexts } from './text.ts';

interface ExportButtonProps {
  readonly account: string;
  /** First and last day in Jakarta. */
  readonly days: Days;
}

/** The whole statement as the API writes it, not only the rows that are shown. */
export function ExportButton({ account, days }: ExportButtonProps) {
  const api = useApi();
  const text = useText(ledgerTexts);
  const attempt = useAttempt();
  const save = (): Promise<void> =>
    attempt.run(async () => {
      const params = { path: { account }, query: timeOf(days) };
      const csv = await answer(api.GET('/api/admin/ledger/accounts/{account}/statement.csv', { params, parseAs: 'text' }));
      const name = `${account.replaceAll(':', '-')}-${days.from}-${days.to}.csv`;
      download({ name, type: 'text/csv', text: csv });
    });
  return (
    <>
      <AttemptNote attempt={attempt} />
      <Button variant="outlined" startIcon={<FileDownload />} disabled={attempt.isBusy} onClick={() => void save()}>
        {text.export}
      </Button>
    </>
  );
}
