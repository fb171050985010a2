import { Box } from '@mui/material';

interface SparklineProps {
  readonly counts: readonly number[];
  /** In words, for whoever does not see it. */
  readonly label: string;
}

const step = 4;
const height = 24;

/** A bar for each step of time, the latest at the right. What is not nothing is never invisible. */
export function Sparkline({ counts, label }: SparklineProps) {
  const most = Math.max(1, ...counts);
  return (
    <Box
      component="svg"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(1, counts.length) * step} ${height}`}
      preserveAspectRatio="none"
      sx={{ display: 'block', width: 96, height, color: 'primary.main', borderBottom: 1, borderColor: 'divider' }}
    >
      {counts.map((count, at) => {
        const tall = count === 0 ? 0 : Math.max(2, (count / most) * height);
        return <rect key={at} x={at * step} y={height - tall} width={step - 1} height={tall} fill="currentColor" />;
      })}
    </Box>
  );
}
