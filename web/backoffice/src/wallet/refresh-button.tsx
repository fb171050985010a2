import { Button } from '@mui/material';
import { useNotify, useRefresh } from 'react-admin';
import { AttemptNote } from '../shell/attempt/attempt-note.tsx';
import { useAttempt } from '../shell/attempt/use-attempt.ts';

interface RefreshButtonProps {
  readonly label: string;
  readonly done: string;
  readonly ask: () => Promise<unknown>;
}

/** Asks the gateway now, and shows what has come of it. */
export function RefreshButton({ label, done, ask }: RefreshButtonProps) {
  const notify = useNotify();
  const refresh = useRefresh();
  const attempt = useAttempt();
  const run = (): Promise<void> =>
    attempt.run(async () => {
      await ask();
      notify(done, { type: 'success' });
      refresh();
    });
  return (
    <>
      <AttemptNote attempt={attempt} />
      <Button variant="outlined" disabled={attempt.isBusy || attempt.waitSeconds > 0} onClick={() => void run()}>
        {label}
      </Button>
    </>
  );
}
