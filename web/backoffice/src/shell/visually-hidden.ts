/** Read out, shown to nobody. */
export const visuallyHidden = {
  position: 'absolute',
  // Not a number: `sx` takes 1 for the whole width.
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
} as const;
