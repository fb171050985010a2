import { Box } from '@mui/material';
import { encode } from 'uqr';

/** Modules of white around the code; scanners ask for four. */
const border = 4;

/** A QR code, dark on white whatever the theme: scanners want it so. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <Box sx={{ display: 'flex', justifyContent: 'center', my: 2 }}>
      <svg viewBox={`0 0 ${size} ${size}`} width={208} height={208} role="img" aria-label={label} shapeRendering="crispEdges">
        <rect width={size} height={size} fill="#ffffff" />
        <path d={path} fill="#000000" />
      </svg>
    </Box>
  );
}
