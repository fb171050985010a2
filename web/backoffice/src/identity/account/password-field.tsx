import Visibility from '@mui/icons-material/Visibility';
import VisibilityOff from '@mui/icons-material/VisibilityOff';
import { IconButton, InputAdornment, TextField } from '@mui/material';
import { useState } from 'react';
import { useText } from '../../shell/use-text.ts';
import { accountTexts } from './text.ts';

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly hint?: string;
}

/** Of new passwords; what the API asks for. */
const passwordCharacters = { min: 10, max: 128 } as const;

export const isNewPassword = (password: string): boolean =>
  password.length >= passwordCharacters.min && password.length <= passwordCharacters.max;

export function PasswordField({ label, value, onChange, autoComplete, hint }: PasswordFieldProps) {
  const { signIn } = useText(accountTexts);
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      label={label}
      type={isShown ? 'text' : 'password'}
      value={value}
      required
      fullWidth
      margin="dense"
      helperText={hint}
      onChange={({ target }) => onChange(target.value)}
      slotProps={{
        htmlInput: { autoComplete, autoCapitalize: 'off', spellCheck: false, maxLength: 512 },
        input: {
          endAdornment: (
            <InputAdornment position="end">
              <IconButton edge="end" aria-label={isShown ? signIn.hide : signIn.show} onClick={() => setShown(!isShown)}>
                {isShown ? <VisibilityOff /> : <Visibility />}
              </IconButton>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
