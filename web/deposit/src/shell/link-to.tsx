import type { ComponentChildren, TargetedMouseEvent } from 'preact';
import { pathOf, type Route } from './route.ts';
import { useShell } from './shell.ts';

interface LinkToProps {
  readonly to: Route;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A link to a place of this page: opens it without loading anew, unless another tab or window is asked for. */
export function LinkTo({ to, class: className, children }: LinkToProps) {
  const { go } = useShell();
  const follow = (event: TargetedMouseEvent<HTMLAnchorElement>): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={pathOf(to)} class={className} onClick={follow}>
      {children}
    </a>
  );
}
