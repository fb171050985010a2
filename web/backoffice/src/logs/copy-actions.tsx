import { Button, Stack } from '@mui/material';
import { useState } from 'react';
import { useText } from '../shell/use-text.ts';
import type { LogError } from './file-state.ts';
import { logTexts } from './text.ts';

/** What one takes along of an error: its words, a link for colleagues, a call for the command line. */
export function CopyActions({ error }: { readonly error: LogError }) {
  const { error: text } = useText(logTexts);
  const whole = [error.message, ...(error.stack === null ? [] : [error.stack])].join('\n');
  const linkOf = (): string => `${location.origin}${location.pathname}#/log-errors/${error.id}/show`;
  return (
    <Stack direction="row" sx={{ px: 2, gap: 1, flexWrap: 'wrap' }}>
      <CopyButton label={text.copy} content={() => whole} />
      <CopyButton label={text.copyLink} content={linkOf} />
      <CopyButton label={text.copyCurl} content={() => curlOf(error.id)} />
    </Stack>
  );
}

/** The token is a variable: one that was copied would end in a history of commands. */
function curlOf(errorId: string): string {
  return `curl -fsS -H "authorization: Bearer $XM_TOKEN" '${location.origin}/api/admin/logs/errors/${errorId}'`;
}

function CopyButton({ label, content }: { readonly label: string; readonly content: () => string }) {
  const { error: text } = useText(logTexts);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(content());
    setCopied(true);
  };
  return (
    <Button size="small" onClick={() => void copy()} aria-label={isCopied ? `${label}: ${text.copied}` : label}>
      {isCopied ? text.copied : label}
    </Button>
  );
}
