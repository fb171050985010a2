import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, Typography } from '@mui/material';
import { monospace } from '../theme.ts';
import { shellTexts } from '../text/texts.ts';
import { useText } from '../use-text.ts';

export function ShortcutsDialog({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }) {
  const { keys } = useText(shellTexts);
  return (
    <Dialog open={isOpen} onClose={close} aria-labelledby="shortcuts-title">
      <DialogTitle id="shortcuts-title">{keys.title}</DialogTitle>
      <DialogContent>
        {keys.list.map(([key, act]) => (
          <Stack key={key} direction="row" sx={{ gap: 2, py: 0.5, alignItems: 'center' }}>
            <Typography
              component="kbd"
              sx={{ fontFamily: monospace, minWidth: 56, border: 1, borderColor: 'divider', borderRadius: 1, px: 1, textAlign: 'center' }}
            >
              {key}
            </Typography>
            <Typography>{act}</Typography>
          </Stack>
        ))}
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{keys.close}</Button>
      </DialogActions>
    </Dialog>
  );
}
