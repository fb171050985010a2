import { render } from 'preact';
import { App } from './app.tsx';
import { dropLink, takeLink } from './shell/link.ts';
import { shelfOn } from './shell/storage.ts';

const device = shelfOn(() => localStorage);
const tab = shelfOn(() => sessionStorage);
const root = document.body.appendChild(document.createElement('div'));
let opened = 0;

/** A link that is opened in a tab with this page changes what is behind the `#` alone, and loads nothing. */
function open(): void {
  const link = takeLink(location, tab, () => history.replaceState(null, '', location.pathname));
  opened += 1;
  render(<App key={opened} link={link} device={device} tab={tab} onLinkEnded={() => dropLink(tab)} />, root);
}

addEventListener('hashchange', () => {
  if (location.hash.length > 1) open();
});
open();
