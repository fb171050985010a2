import { Box, Typography } from '@mui/material';
import { Fragment, type ReactNode } from 'react';
import { shellTexts } from './text/texts.ts';
import { useText } from './use-text.ts';

export interface Fact {
  readonly name: string;
  /** Nothing, null and the empty string are shown as a dash. */
  readonly value: ReactNode;
}

/** Names and values of one record. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const { none } = useText(shellTexts);
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        p: 2,
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: 'minmax(140px, max-content) 1fr' },
        columnGap: 3,
        rowGap: { xs: 0.25, sm: 1.25 },
      }}
    >
      {facts.map(({ name, value }) => (
        <Fragment key={name}>
          <Typography component="dt" variant="body2" color="textSecondary">
            {name}
          </Typography>
          <Box component="dd" sx={{ m: 0, mb: { xs: 1.25, sm: 0 }, minWidth: 0, overflowWrap: 'anywhere' }}>
            {value === undefined || value === null || value === '' ? none : value}
          </Box>
        </Fragment>
      ))}
    </Box>
  );
}
