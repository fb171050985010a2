import { Box, Typography } from '@mui/material';
import { Rupiah } from '../shell/rupiah.tsx';

interface FiguresProps {
  readonly figures: readonly { readonly label: string; readonly amount: number }[];
}

/** Amounts side by side, each with its name. */
export function Figures({ figures }: FiguresProps) {
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr 1fr', sm: 'repeat(3, max-content)' }, columnGap: { sm: 6 } }}
    >
      {figures.map(({ label, amount }) => (
        <div key={label}>
          <Typography component="dt" variant="body2" color="textSecondary">
            {label}
          </Typography>
          <Typography component="dd" sx={{ m: 0, fontWeight: 650, fontSize: '1.1rem' }}>
            <Rupiah amount={amount} />
          </Typography>
        </div>
      ))}
    </Box>
  );
}
