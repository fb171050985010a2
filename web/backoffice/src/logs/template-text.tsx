import { Box } from '@mui/material';
import { monospace } from '../shell/theme.ts';

const wildcard = '<*>';

/** A pattern's template, with what varies set off from what does not. */
export function TemplateText({ template, size = '0.8125rem' }: { readonly template: string; readonly size?: string }) {
  const parts = template.split(wildcard);
  return (
    <Box component="span" sx={{ fontFamily: monospace, fontSize: size, overflowWrap: 'anywhere' }}>
      {parts.map((part, at) => (
        <span key={at}>
          {part}
          {at === parts.length - 1 ? null : <Wildcard />}
        </span>
      ))}
    </Box>
  );
}

function Wildcard() {
  return (
    <Box
      component="span"
      data-wildcard
      sx={{ bgcolor: 'action.selected', color: 'text.secondary', borderRadius: 0.5, px: 0.4, fontWeight: 400 }}
    >
      {wildcard}
    </Box>
  );
}
