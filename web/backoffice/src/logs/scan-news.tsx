import { Box } from '@mui/material';
import { visuallyHidden } from '../shell/visually-hidden.ts';
import { useEffect, useRef, useState } from 'react';
import { useFormat, useText } from '../shell/use-text.ts';
import { fileName, isOpen, type LogFile } from './file-state.ts';
import { logTexts } from './text.ts';

/** Tells screen readers of scans that have ended since the last look. */
export function ScanNews({ files }: { readonly files: readonly LogFile[] }) {
  const { files: text } = useText(logTexts);
  const format = useFormat();
  const open = useRef<ReadonlySet<string>>(new Set());
  const [news, setNews] = useState('');
  useEffect(() => {
    const ended = files.filter((file) => open.current.has(file.id) && !isOpen(file));
    open.current = new Set(files.filter(isOpen).map(({ id }) => id));
    if (ended.length === 0) return;
    const say = ({ key, status, counts }: LogFile): string =>
      status === 'failed' ? text.failed(fileName(key)) : text.done(fileName(key), format.count(counts.records));
    setNews(ended.map(say).join('. '));
  }, [files, text, format]);
  return (
    <Box role="status" sx={visuallyHidden}>
      {news}
    </Box>
  );
}
