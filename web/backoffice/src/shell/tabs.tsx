import { Box, Tab, Tabs } from '@mui/material';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-admin';

export interface DeskTab {
  readonly name: string;
  readonly label: string;
  readonly content: () => ReactNode;
}

interface DeskTabsProps {
  readonly label: string;
  readonly tabs: readonly DeskTab[];
  /** Name in the address; the first tab for none and for one there is not. */
  readonly current: string | undefined;
  readonly addressOf: (name: string) => string;
}

/** Parts of one record. Each has an address of its own, so that a link leads to it. */
export function DeskTabs({ label, tabs, current, addressOf }: DeskTabsProps) {
  const navigate = useNavigate();
  const shown = tabs.find(({ name }) => name === current) ?? tabs[0];
  if (shown === undefined) return null;
  return (
    <>
      <Tabs
        value={shown.name}
        aria-label={label}
        variant="scrollable"
        allowScrollButtonsMobile
        onChange={(_, name: string) => navigate(addressOf(name), { replace: true })}
        sx={{ borderBottom: 1, borderColor: 'divider' }}
      >
        {tabs.map(({ name, label: tabLabel }) => (
          <Tab key={name} value={name} label={tabLabel} id={`tab-${name}`} aria-controls={`panel-${name}`} />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`panel-${shown.name}`} aria-labelledby={`tab-${shown.name}`}>
        {shown.content()}
      </Box>
    </>
  );
}
