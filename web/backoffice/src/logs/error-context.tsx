import { Box, MenuItem, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Answered } from '../shell/answered.tsx';
import { answer, type Schemas } from '../shell/api/client.ts';
import { useApi } from '../shell/desk-context.ts';
import { monospace } from '../shell/theme.ts';
import { useFormat, useText } from '../shell/use-text.ts';
import { visuallyHidden } from '../shell/visually-hidden.ts';
import { logTexts } from './text.ts';

const lineChoices = [5, 20, 50, 200] as const;
const linesDefault = 20;

/** The lines around an error, from the original file. */
export function ErrorContext({ errorId }: { readonly errorId: string }) {
  const api = useApi();
  const { error: text } = useText(logTexts);
  const [lines, setLines] = useState<number>(linesDefault);
  const query = useQuery({
    queryKey: ['log-context', errorId, lines],
    queryFn: () => answer(api.GET('/api/admin/logs/errors/{errorId}/context', { params: { path: { errorId }, query: { lines } } })),
  });
  return (
    <Box component="section" sx={{ p: 2 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', justifyContent: 'space-between', mb: 1, flexWrap: 'wrap' }}>
        <Typography variant="h2">{text.context}</Typography>
        <TextField
          select
          label={text.contextLines}
          value={lines}
          onChange={({ target }) => setLines(Number(target.value))}
          sx={{ minWidth: 110 }}
        >
          {lineChoices.map((count) => (
            <MenuItem key={count} value={count}>{`±${count}`}</MenuItem>
          ))}
        </TextField>
      </Box>
      <Answered query={query}>{(context) => <Lines context={context} />}</Answered>
    </Box>
  );
}

function Lines({ context: { before, record, after } }: { readonly context: Schemas['LogErrorContext'] }) {
  const { error: text } = useText(logTexts);
  const box = useRef<HTMLPreElement>(null);
  // The lines scroll, not the page, until the record stands in their upper third.
  useEffect(() => {
    const hit = box.current?.querySelector<HTMLElement>('[data-hit]');
    if (box.current && hit) box.current.scrollTop = hit.offsetTop - box.current.offsetTop - box.current.clientHeight / 3;
  }, [before, record]);
  const rows = [
    ...before.map((line) => ({ line, isHit: false })),
    ...record.map((line) => ({ line, isHit: true })),
    ...after.map((line) => ({ line, isHit: false })),
  ];
  return (
    <Box
      component="pre"
      ref={box}
      tabIndex={0}
      role="region"
      aria-label={text.context}
      data-context
      sx={{
        m: 0,
        py: 1,
        overflow: 'auto',
        maxHeight: 520,
        bgcolor: 'background.default',
        borderRadius: 1,
        fontFamily: monospace,
        fontSize: '0.8125rem',
      }}
    >
      {rows.map(({ line, isHit }, at) => (
        <Line key={at} line={line} isHit={isHit} />
      ))}
    </Box>
  );
}

function Line({ line, isHit }: { readonly line: Schemas['LogErrorContext']['before'][number]; readonly isHit: boolean }) {
  const { error: text } = useText(logTexts);
  const format = useFormat();
  return (
    <Box
      {...(isHit && { 'data-hit': '' })}
      sx={{
        display: 'flex',
        gap: 2,
        px: 1,
        ...(isHit && { borderLeft: 4, borderColor: 'error.main', bgcolor: 'action.hover', fontWeight: 600 }),
      }}
    >
      <Box component="span" sx={{ color: 'text.secondary', minWidth: '5ch', textAlign: 'end', userSelect: 'none' }}>
        {line.line === null ? '' : format.count(line.line)}
      </Box>
      <span>
        {isHit ? (
          <Box component="span" sx={visuallyHidden}>
            {text.recordLine}:{' '}
          </Box>
        ) : null}
        <span data-line>{line.text}</span>
        {line.cut ? ' …' : ''}
      </span>
    </Box>
  );
}
