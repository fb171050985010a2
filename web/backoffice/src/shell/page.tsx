import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Card, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-admin';
import { shellTexts } from './text/texts.ts';
import { useText } from './use-text.ts';

interface PageProps {
  readonly title: string;
  /** The title as it is shown, where it is more than its text. */
  readonly heading?: ReactNode;
  /** Address that Escape and the arrow lead to. */
  readonly back?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without a card around its content. */
  readonly isBare?: boolean;
}

/** A page of the desk: its title, what can be done, its content. The title takes the focus when the page is opened. */
export function Page({ title, heading: shownTitle = title, back, actions, children, isBare = false }: PageProps) {
  const { states, appName } = useText(shellTexts);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Box sx={{ py: { xs: 0.5, sm: 2 }, px: { xs: 0, sm: 1 }, maxWidth: 1400, width: '100%' }}>
      <title>{`${title} · ${appName}`}</title>
      {back === undefined ? null : (
        <Button component={Link} to={back} data-back startIcon={<ArrowBack />} size="small" sx={{ mb: 1 }}>
          {states.back}
        </Button>
      )}
      <Stack direction="row" sx={{ mb: 2, gap: 1, flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between' }}>
        <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ outline: 'none', overflowWrap: 'anywhere', minWidth: 0 }}>
          {shownTitle}
        </Typography>
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
          {actions}
        </Stack>
      </Stack>
      {isBare ? children : <Card variant="outlined">{children}</Card>}
    </Box>
  );
}
