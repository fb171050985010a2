/**
 * Fields that more than one of the forms for signing in and getting an account has.
 */
import { TextField } from '@mui/material';
import { useText } from '../../shell/use-text.ts';
import { PasswordField } from './password-field.tsx';
import { accountTexts } from './text.ts';

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

interface LabelledProps extends FieldProps {
  readonly label: string;
}

/** The address that one signs in with. */
export function EmailField({ value, onChange }: FieldProps) {
  const { signIn } = useText(accountTexts);
  return (
    <TextField
      label={signIn.email}
      type="email"
      value={value}
      required
      fullWidth
      autoFocus
      margin="dense"
      onChange={({ target }) => onChange(target.value)}
      slotProps={{ htmlInput: { autoComplete: 'username', maxLength: 254 } }}
    />
  );
}

export function NameField({ label, value, onChange, autoFocus = false }: LabelledProps & { readonly autoFocus?: boolean }) {
  return (
    <TextField
      label={label}
      value={value}
      required
      fullWidth
      autoFocus={autoFocus}
      margin="dense"
      onChange={({ target }) => onChange(target.value)}
      slotProps={{ htmlInput: { autoComplete: 'name', maxLength: 60 } }}
    />
  );
}

/** With what is asked of a new password. */
export function NewPasswordField({ label, value, onChange }: LabelledProps) {
  const { accept } = useText(accountTexts);
  return <PasswordField label={label} value={value} onChange={onChange} autoComplete="new-password" hint={accept.passwordHint} />;
}

interface FreeCodeProps extends LabelledProps {
  readonly autoComplete: 'one-time-code' | 'off';
  readonly autoFocus?: boolean;
}

/** A recovery code, or where either is taken, a code of the app. */
export function FreeCodeField({ label, value, onChange, autoComplete, autoFocus = false }: FreeCodeProps) {
  return (
    <TextField
      label={label}
      value={value}
      required
      fullWidth
      autoFocus={autoFocus}
      margin="dense"
      onChange={({ target }) => onChange(target.value)}
      slotProps={{ htmlInput: { autoComplete, autoCapitalize: 'off', spellCheck: false, maxLength: 32 } }}
    />
  );
}

/** As long as a code of the app, which is the shorter of the two. */
export const isCode = (text: string): boolean => text.trim().length >= 6;
