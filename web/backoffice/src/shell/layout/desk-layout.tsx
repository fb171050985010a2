import Keyboard from '@mui/icons-material/KeyboardOutlined';
import { IconButton, Tooltip, Typography } from '@mui/material';
import { type ReactNode, useEffect, useState } from 'react';
import { AppBar, Layout, LoadingIndicator, ToggleThemeButton, useLogout } from 'react-admin';
import { useDesk } from '../desk-context.ts';
import { BrokenPage } from '../states.tsx';
import { shellTexts } from '../text/texts.ts';
import { useText } from '../use-text.ts';
import { DeskMenu } from './desk-menu.tsx';
import { LanguageButton } from './language-button.tsx';
import { listenToKeys } from './keyboard.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { UserMenu } from './user-menu.tsx';

/** What surrounds every page of somebody who is signed in. */
export function DeskLayout({ children }: { readonly children: ReactNode }) {
  useSignInWhenEnded();
  return (
    <Layout appBar={DeskBar} appBarAlwaysOn menu={DeskMenu} error={BrokenPage}>
      {children}
    </Layout>
  );
}

/** When the session ends, here or in another tab, one signs in again and comes back to the same address. */
function useSignInWhenEnded(): void {
  const { session } = useDesk();
  const logout = useLogout();
  useEffect(
    () =>
      session.watch(() => {
        if (session.current() === undefined) void logout();
      }),
    [session, logout],
  );
}

function DeskBar() {
  const text = useText(shellTexts);
  return (
    <AppBar
      color="default"
      elevation={0}
      alwaysOn
      toolbar={<DeskToolbar />}
      userMenu={<UserMenu />}
      sx={{ '& .MuiAppBar-root': { bgcolor: 'background.paper', borderBottom: 1, borderColor: 'divider' } }}
    >
      <Typography noWrap sx={{ flex: 1, fontWeight: 700, minWidth: 0 }}>
        {text.appName}
      </Typography>
    </AppBar>
  );
}

function DeskToolbar() {
  const { keys } = useText(shellTexts);
  const [isShown, setShown] = useState(false);
  useEffect(() => listenToKeys(document, { showKeys: () => setShown(true) }), []);
  return (
    <>
      <Tooltip title={keys.open}>
        <IconButton
          color="inherit"
          aria-label={keys.open}
          onClick={() => setShown(true)}
          sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
        >
          <Keyboard />
        </IconButton>
      </Tooltip>
      <LanguageButton />
      <ToggleThemeButton />
      <LoadingIndicator />
      <ShortcutsDialog isOpen={isShown} close={() => setShown(false)} />
    </>
  );
}
