import { Box, Button, Typography } from '@mui/material';
import { Fragment, useState } from 'react';
import { monospace } from '../shell/theme.ts';
import { useFormat, useText } from '../shell/use-text.ts';
import { isFolded, type StackPart, stackParts } from './stack-lines.ts';
import { logTexts } from './text.ts';

/** A stack trace: the application's own frames stand out, those of others are folded until one asks for them. */
export function StackView({ stack }: { readonly stack: string }) {
  const { error: text } = useText(logTexts);
  const [isWhole, setWhole] = useState(false);
  const parts = stackParts(stack);
  const hasFolds = parts.some(isFolded);
  return (
    <Box component="section" sx={{ p: 2 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', justifyContent: 'space-between', mb: 1, flexWrap: 'wrap' }}>
        <Typography variant="h2">{text.stack}</Typography>
        {hasFolds ? (
          <Button size="small" onClick={() => setWhole(!isWhole)} aria-pressed={isWhole}>
            {text.wholeStack}
          </Button>
        ) : null}
      </Box>
      <Box
        component="pre"
        tabIndex={0}
        role="region"
        aria-label={text.stack}
        data-stack
        sx={{
          m: 0,
          p: 1.5,
          overflow: 'auto',
          maxHeight: 480,
          bgcolor: 'background.default',
          borderRadius: 1,
          fontFamily: monospace,
          fontSize: '0.8125rem',
        }}
      >
        {parts.map((part, at) => (
          <Fragment key={at}>{isFolded(part) ? <Fold part={part} isWhole={isWhole} /> : <Lines part={part} />}</Fragment>
        ))}
      </Box>
    </Box>
  );
}

function Lines({ part: { kind, lines } }: { readonly part: StackPart }) {
  const looks = {
    own: { fontWeight: 650, borderLeft: 3, borderColor: 'primary.main', pl: 1 },
    foreign: { color: 'text.secondary', borderLeft: 3, borderColor: 'transparent', pl: 1 },
    text: { borderLeft: 3, borderColor: 'transparent', pl: 1 },
  } as const;
  return (
    <Box component="span" data-frames={kind} sx={{ display: 'block', ...looks[kind] }}>
      {lines.join('\n')}
    </Box>
  );
}

function Fold({ part, isWhole }: { readonly part: StackPart; readonly isWhole: boolean }) {
  const { error: text } = useText(logTexts);
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  if (isWhole || isOpen) return <Lines part={part} />;
  return (
    <Button size="small" onClick={() => setOpen(true)} sx={{ my: 0.25, py: 0, fontFamily: monospace, fontWeight: 400 }}>
      … {text.folded(format.count(part.lines.length))}
    </Button>
  );
}
