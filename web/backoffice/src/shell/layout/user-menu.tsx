import AccountCircle from '@mui/icons-material/AccountCircle';
import Logout from '@mui/icons-material/Logout';
import Person from '@mui/icons-material/Person';
import { Box, Divider, IconButton, ListItemIcon, ListItemText, Menu, MenuItem, Typography } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-admin';
import { answer } from '../api/client.ts';
import { csrfToken } from '../session/csrf.ts';
import { useDesk, useSession } from '../desk-context.ts';
import { shellTexts } from '../text/texts.ts';
import { useText } from '../use-text.ts';

/** Who is signed in, and the way out. */
export function UserMenu() {
  const text = useText(shellTexts);
  const staff = useSession()?.staff;
  const signOut = useSignOut();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = (): void => setAnchor(null);
  if (staff === undefined) return null;
  return (
    <>
      <IconButton
        color="inherit"
        aria-label={`${text.profile}: ${staff.name}`}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <AccountCircle />
      </IconButton>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={close}>
        <Box component="li" role="none" sx={{ px: 2, py: 1, maxWidth: 280 }}>
          <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{staff.name}</Typography>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {staff.email}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {staff.roles.map((role) => text.roles[role]).join(', ')}
          </Typography>
        </Box>
        <Divider component="li" />
        <MenuItem component={Link} to="/profile" onClick={close}>
          <ListItemIcon>
            <Person fontSize="small" />
          </ListItemIcon>
          <ListItemText>{text.profile}</ListItemText>
        </MenuItem>
        <MenuItem onClick={() => void signOut()}>
          <ListItemIcon>
            <Logout fontSize="small" />
          </ListItemIcon>
          <ListItemText>{text.signOut}</ListItemText>
        </MenuItem>
      </Menu>
    </>
  );
}

/** Signed out here even when the API cannot be reached; the session there ends by itself. */
function useSignOut(): () => Promise<void> {
  const { openApi, session } = useDesk();
  return async () => {
    const headers = { 'x-csrf-token': csrfToken(document.cookie) ?? '' };
    await answer(openApi.POST('/api/admin/auth/sign-out', { headers })).catch(() => undefined);
    session.set(undefined);
  };
}
