import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

const system = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
/** Ids, keys and log lines. */
export const monospace = "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', monospace";

/** What both have in common. Every colour of text is chosen for 4.5:1 on what is behind it. */
const shared: RaThemeOptions = {
  typography: {
    fontFamily: system,
    h1: { fontSize: '1.5rem', fontWeight: 650, lineHeight: 1.3 },
    h2: { fontSize: '1.1rem', fontWeight: 650, lineHeight: 1.4 },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  shape: { borderRadius: 8 },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': { animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important' },
        },
      },
    },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'none' } },
    MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small', margin: 'none' } },
    // The spinner in the bar would be a progress bar without a name; what loads says so where it loads.
    MuiCircularProgress: { defaultProps: { 'aria-hidden': true } },
    MuiDialog: { styleOverrides: { paper: { backgroundImage: 'none' } } },
    // Fields are required unless their label says that they are optional; a star at each says nothing.
    MuiInputLabel: { defaultProps: { required: false } },
    RaLayout: { styleOverrides: { root: { minWidth: 0, '& .RaLayout-content': { minWidth: 0 } } } },
  },
};

export const lightTheme: RaThemeOptions = {
  ...defaultLightTheme,
  ...shared,
  palette: {
    mode: 'light',
    primary: { main: '#1d4ed8' },
    secondary: { main: '#0f766e' },
    error: { main: '#b91c1c' },
    warning: { main: '#9a3412' },
    success: { main: '#166534' },
    info: { main: '#075985' },
    background: { default: '#f6f7f9', paper: '#ffffff' },
    text: { primary: '#111827', secondary: '#4b5563' },
  },
};

export const darkTheme: RaThemeOptions = {
  ...defaultDarkTheme,
  ...shared,
  palette: {
    mode: 'dark',
    primary: { main: '#93b4ff' },
    secondary: { main: '#5eead4' },
    error: { main: '#fca5a5' },
    warning: { main: '#fdba74' },
    success: { main: '#86efac' },
    info: { main: '#7dd3fc' },
    background: { default: '#0f1420', paper: '#171e2e' },
    text: { primary: '#e8ecf4', secondary: '#aeb8ca' },
  },
};
