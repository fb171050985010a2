import { Box, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { download } from '../../shell/download.ts';
import { monospace } from '../../shell/theme.ts';
import { useText } from '../../shell/use-text.ts';
import { accountTexts } from './text.ts';

/** Recovery codes, this one time. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const { recovery } = useText(accountTexts);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <>
      <Typography sx={{ mb: 2 }}>{recovery.explanation}</Typography>
      <Box
        component="ol"
        sx={{
          m: 0,
          p: 2,
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          listStyle: 'none',
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
          gap: 1,
          fontFamily: monospace,
        }}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </Box>
      <Stack direction="row" sx={{ gap: 1, my: 2, flexWrap: 'wrap' }}>
        <Button variant="outlined" onClick={() => void copy()}>
          {isCopied ? recovery.copied : recovery.copy}
        </Button>
        <Button variant="outlined" onClick={() => download({ name: recovery.fileName, type: 'text/plain', text: `${codes.join('\n')}\n` })}>
          {recovery.download}
        </Button>
      </Stack>
    </>
  );
}
