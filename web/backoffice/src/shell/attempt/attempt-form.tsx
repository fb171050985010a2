import { Button, Stack, type SxProps } from '@mui/material';
import type { FormEvent, ReactNode } from 'react';
import { AttemptNote } from './attempt-note.tsx';
import { useAttempt } from './use-attempt.ts';

interface AttemptFormProps {
  readonly submitLabel: string;
  /** Sends it; what is thrown is shown below the fields. */
  readonly submit: () => Promise<void>;
  /** Whether its fields are good to go. */
  readonly isReady?: boolean;
  readonly size?: 'medium' | 'large';
  readonly label?: string;
  readonly sx?: SxProps;
  /** Its fields. */
  readonly children: ReactNode;
  /** What else can be done, below the button. */
  readonly more?: ReactNode;
}

/** Fields that are sent together: not twice at once, and not while the API asks to wait. */
export function AttemptForm({ submitLabel, submit, isReady = true, size = 'medium', label, sx, children, more }: AttemptFormProps) {
  const attempt = useAttempt();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(submit);
  };
  return (
    <Stack component="form" onSubmit={send} aria-label={label} sx={sx ?? null}>
      {children}
      <AttemptNote attempt={attempt} />
      <Stack sx={{ mt: 2, gap: 1 }}>
        <Button type="submit" variant="contained" size={size} disabled={attempt.isBusy || attempt.waitSeconds > 0 || !isReady}>
          {submitLabel}
        </Button>
        {more}
      </Stack>
    </Stack>
  );
}
