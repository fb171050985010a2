import { Box, Card, CardContent, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect, useRef } from 'react';
import { Notification, ToggleThemeButton } from 'react-admin';
import { LanguageButton } from '../../shell/layout/language-button.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useText } from '../../shell/use-text.ts';

/** A page of somebody who is not signed in: one thing to do at a time. */
export function AccountFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { appName } = useText(shellTexts);
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  // A step that follows another says so; the first one leaves the focus to its field.
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [title]);
  return (
    <Box sx={{ minHeight: '100vh', display: 'flex', flexDirection: 'column', alignItems: 'center', p: 2, bgcolor: 'background.default' }}>
      <title>{`${title} · ${appName}`}</title>
      <Stack component="header" direction="row" sx={{ width: '100%', maxWidth: 440, alignItems: 'center', py: 1 }}>
        <Typography sx={{ flex: 1, fontWeight: 700 }}>{appName}</Typography>
        <LanguageButton />
        <ToggleThemeButton />
      </Stack>
      <Card component="main" variant="outlined" sx={{ width: '100%', maxWidth: 440, mt: { xs: 1, sm: 6 } }}>
        <CardContent sx={{ p: { xs: 2, sm: 3 } }}>
          <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ mb: 2, outline: 'none' }}>
            {title}
          </Typography>
          {children}
        </CardContent>
      </Card>
      <Notification />
    </Box>
  );
}
