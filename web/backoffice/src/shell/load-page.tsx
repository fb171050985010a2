import { type ComponentType, lazy, Suspense } from 'react';
import type { Permission } from '#shared/platform/permissions.ts';
import type { LoadPage } from './capability.ts';
import { useMay } from './desk-context.ts';
import { ForbiddenState, LoadingState } from './states.tsx';

/** A page that is loaded when it is opened, by somebody who may. */
export function loadPage(load: LoadPage, permission: Permission | 'anybody'): ComponentType {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function LoadedPage() {
    const may = useMay();
    if (permission !== 'anybody' && !may(permission)) return <ForbiddenState permission={permission} />;
    return (
      <Suspense fallback={<LoadingState />}>
        <Loaded />
      </Suspense>
    );
  };
}
