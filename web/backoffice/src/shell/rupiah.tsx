import { Box } from '@mui/material';
import { useFormat } from './use-text.ts';

/** An amount, in digits of one width so that those of a column stand below each other. */
export function Rupiah({ amount }: { readonly amount: number }) {
  const format = useFormat();
  return (
    <Box component="span" sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {format.rupiah(amount)}
    </Box>
  );
}
