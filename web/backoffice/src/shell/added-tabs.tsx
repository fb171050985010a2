import { type ComponentType, lazy, Suspense } from 'react';
import type { AddedTab } from './capability.ts';
import { useDesk, useMay } from './desk-context.ts';
import { LoadingState } from './states.tsx';
import type { DeskTab } from './tabs.tsx';
import { useLanguage } from './use-text.ts';

/** Tabs that capabilities add to the page of a record, for whoever may see them. */
export function useAddedTabs(resource: string, id: string): DeskTab[] {
  const { capabilities } = useDesk();
  const language = useLanguage();
  const may = useMay();
  return capabilities
    .flatMap(({ tabs = [] }) => tabs)
    .filter((tab) => tab.resource === resource && may(tab.permission))
    .map((tab) => {
      const Content = contentOf(tab);
      return {
        name: tab.name,
        label: tab.label[language],
        content: () => (
          <Suspense fallback={<LoadingState rows={3} />}>
            <Content id={id} />
          </Suspense>
        ),
      };
    });
}

/** Each is made once: another component at each look would begin anew each time. */
const contents = new WeakMap<AddedTab, ComponentType<{ readonly id: string }>>();

function contentOf(tab: AddedTab): ComponentType<{ readonly id: string }> {
  const known = contents.get(tab);
  if (known !== undefined) return known;
  const made = lazy(async () => ({ default: await tab.load() }));
  contents.set(tab, made);
  return made;
}
