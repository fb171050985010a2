import ContentCopy from '@mui/icons-material/ContentCopy';
import { Box, IconButton, Tooltip } from '@mui/material';
import { useState } from 'react';
import { shellTexts } from './text/texts.ts';
import { monospace } from './theme.ts';
import { useText } from './use-text.ts';

/** An id or a key, to read and to copy. */
export function CopyText({ text }: { readonly text: string }) {
  const { lists } = useText(shellTexts);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, minWidth: 0 }}>
      <Box component="span" sx={{ fontFamily: monospace, fontSize: '0.875rem', overflowWrap: 'anywhere', minWidth: 0 }}>
        {text}
      </Box>
      <Tooltip title={isCopied ? lists.copied : lists.copy}>
        <IconButton size="small" aria-label={`${isCopied ? lists.copied : lists.copy}: ${text}`} onClick={() => void copy()}>
          <ContentCopy fontSize="inherit" />
        </IconButton>
      </Tooltip>
    </Box>
  );
}
