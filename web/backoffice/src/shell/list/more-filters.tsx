import Close from '@mui/icons-material/Close';
import FilterList from '@mui/icons-material/FilterList';
import { Box, Button, Chip, Drawer, IconButton, Stack, Typography } from '@mui/material';
import { type ReactNode, useId, useRef, useState } from 'react';
import { shellTexts } from '../text/texts.ts';
import { useFormat, useText } from '../use-text.ts';
import { visuallyHidden } from '../visually-hidden.ts';

/** Filters that stand in the bar on a desk, and behind a button where nine fields would stand before the first row. */
export interface LessUsedFilters {
  readonly fields: ReactNode;
  /** How many of them narrow the list. */
  readonly active: number;
  /** Rows that are shown now; undefined while that is not known. */
  readonly shown?: number | undefined;
}

interface MoreFiltersProps extends LessUsedFilters {
  readonly isFiltered: boolean;
  readonly clear: () => void;
}

/** The button that says how many are set, and the sheet that it opens. What is set there is looked for at once, as in the bar. */
export function MoreFilters(props: MoreFiltersProps) {
  const { lists } = useText(shellTexts);
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { active } = props;
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<FilterList />}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        data-more-filters
        onClick={() => setOpen(true)}
        sx={{ minHeight: 40, px: 1, whiteSpace: 'nowrap' }}
      >
        {lists.filters}
        {active === 0 ? null : (
          <>
            <Chip component="span" size="small" color="primary" label={format.count(active)} sx={{ ml: 0.75, cursor: 'inherit' }} />
            <Box component="span" sx={visuallyHidden}>
              {lists.active}
            </Box>
          </>
        )}
      </Button>
      <FilterSheet {...props} isOpen={isOpen} close={() => setOpen(false)} />
    </>
  );
}

function FilterSheet({
  fields,
  shown,
  isFiltered,
  clear,
  isOpen,
  close,
}: MoreFiltersProps & { readonly isOpen: boolean; readonly close: () => void }) {
  const { lists, keys } = useText(shellTexts);
  const format = useFormat();
  const title = useId();
  const done = useRef<HTMLButtonElement>(null);
  // Its button goes with the last filter; the focus must not fall out of the sheet with it.
  const clearAll = (): void => {
    done.current?.focus();
    clear();
  };
  return (
    <Drawer
      anchor="bottom"
      open={isOpen}
      onClose={close}
      slotProps={{ paper: { 'aria-labelledby': title, sx: { maxHeight: '90dvh', borderTopLeftRadius: 12, borderTopRightRadius: 12 } } }}
    >
      <Box
        component="form"
        onSubmit={(event: { preventDefault(): void }) => {
          event.preventDefault();
          close();
        }}
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
      >
        <Stack direction="row" sx={{ px: 2, pt: 1.5, gap: 1.5, alignItems: 'center' }}>
          <Typography variant="h2" id={title}>
            {lists.filters}
          </Typography>
          <Typography role="status" variant="body2" color="textSecondary" sx={{ flex: 1 }}>
            {shown === undefined ? '' : lists.shown(format.count(shown))}
          </Typography>
          <IconButton aria-label={keys.close} onClick={close} edge="end">
            <Close />
          </IconButton>
        </Stack>
        <Stack direction="row" sx={{ gap: 1.5, p: 2, flexWrap: 'wrap', overflowY: 'auto' }}>
          {fields}
        </Stack>
        <Stack direction="row" sx={{ gap: 1, px: 2, py: 1.5, borderTop: 1, borderColor: 'divider', '& > *': { flex: 1 } }}>
          {isFiltered ? <Button onClick={clearAll}>{lists.clear}</Button> : null}
          <Button type="submit" variant="contained" ref={done}>
            {lists.done}
          </Button>
        </Stack>
      </Box>
    </Drawer>
  );
}
