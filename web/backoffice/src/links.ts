/** Links to this site change the page without loading it anew; with a modifier or another target they are the browser's. */
export function followLinks(go: (address: string) => void): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || event.defaultPrevented || isForBrowser(event, link)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

function isForBrowser(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const isModified = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  const isElsewhere = link.origin !== location.origin || link.target !== '';
  // `#content` and its like move within the page.
  return isModified || isElsewhere || link.getAttribute('href')?.startsWith('#') === true;
}
