import { TextField } from '@mui/material';
import { monospace } from './theme.ts';

interface CodeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (code: string) => void;
}

/** A code of the authenticator app: six digits, however they were pasted. */
export function CodeField({ label, value, onChange }: CodeFieldProps) {
  return (
    <TextField
      label={label}
      value={value}
      required
      fullWidth
      autoFocus
      margin="dense"
      onChange={({ target }) => onChange(target.value.replaceAll(/\D/g, '').slice(0, 6))}
      slotProps={{
        htmlInput: {
          inputMode: 'numeric',
          autoComplete: 'one-time-code',
          spellCheck: false,
          style: { fontFamily: monospace, fontSize: '1.25rem', letterSpacing: '0.3em' },
        },
      }}
    />
  );
}
