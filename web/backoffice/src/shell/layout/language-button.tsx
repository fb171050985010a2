import Translate from '@mui/icons-material/Translate';
import { Button, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useLocaleState } from 'react-admin';
import { type Language, languageNames, languages } from '../language.ts';
import { shellTexts } from '../text/texts.ts';
import { useLanguage, useText } from '../use-text.ts';

/** Which language the desk is shown in, on this browser. react-admin's own button needs more room than a phone has. */
export function LanguageButton() {
  const text = useText(shellTexts);
  const language = useLanguage();
  const [, setLocale] = useLocaleState();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choose = (chosen: Language): void => {
    setAnchor(null);
    setLocale(chosen);
  };
  return (
    <>
      <Button
        color="inherit"
        startIcon={<Translate />}
        aria-haspopup="menu"
        aria-label={`${language.toUpperCase()}: ${text.language}`}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        sx={{ minWidth: 0 }}
      >
        {language.toUpperCase()}
      </Button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {languages.map((each) => (
          <MenuItem key={each} lang={each} selected={each === language} onClick={() => choose(each)}>
            {languageNames[each]}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
