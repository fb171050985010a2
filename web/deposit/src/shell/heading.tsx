import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Whether this page has shown a heading before: the first one leaves the focus where the browser put it. */
let hasShownOne = false;

/** The one heading of what is shown. It names the tab, and takes the focus where what had it is gone, so that a keyboard goes on from here. */
export function Heading({ children, title }: { readonly children: ComponentChildren; readonly title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · XM`;
  }, [title]);
  useEffect(() => {
    if (hasShownOne && (document.activeElement === null || document.activeElement === document.body)) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    hasShownOne = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
