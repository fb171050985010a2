/**
 * The desk: react-admin's context and frame, with the pages of all capabilities in it.
 */
import { QueryClient } from '@tanstack/react-query';
import { type ComponentType, useState } from 'react';
import {
  AdminContext,
  AdminUI,
  type AuthProvider,
  CustomRoutes,
  type DataProvider,
  type I18nProvider,
  reactRouterProvider,
  Resource,
  type Store,
} from 'react-admin';
import { createHashRouter, RouterProvider } from 'react-router-dom';
import type { DeskPage } from './capability.ts';
import { Dashboard } from './dashboard.tsx';
import { type Desk as DeskParts, DeskContext } from './desk-context.ts';
import { DocumentLanguage } from './document-language.tsx';
import { DeskLayout } from './layout/desk-layout.tsx';
import { loadPage } from './load-page.tsx';
import { NotFoundPage } from './states.tsx';
import { StepUpDialog } from './step-up/step-up-dialog.tsx';
import { darkTheme, lightTheme } from './theme.ts';

export interface DeskProps {
  readonly desk: DeskParts;
  readonly authProvider: AuthProvider;
  readonly dataProvider: DataProvider;
  readonly i18nProvider: I18nProvider;
  readonly store: Store;
  readonly signInPage: ComponentType;
}

const { Route } = reactRouterProvider;

/** Answers are shown again for this long without asking; a decision refreshes what is shown. */
const staleMs = 5_000;

/**
 * The desk at every address. Each navigation is shown at once: as a transition, which React puts off while anything else changes, the way to the sign-in
 * page waits for react-admin to stop asking whether somebody is signed in, which it does for as long as the page it leaves is there.
 */
export function Desk(props: DeskProps) {
  const [router] = useState(() => createHashRouter([{ path: '*', element: <DeskPages {...props} /> }]));
  return <RouterProvider router={router} useTransitions={false} />;
}

function DeskPages({ desk, signInPage, ...providers }: DeskProps) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: staleMs, refetchOnWindowFocus: false } } });
  const resources = desk.capabilities.flatMap((capability) => capability.resources);
  const pages = desk.capabilities.flatMap((capability) => capability.pages ?? []);
  return (
    <DeskContext value={desk}>
      <AdminContext {...providers} queryClient={queryClient} theme={lightTheme} darkTheme={darkTheme}>
        <DocumentLanguage />
        <AdminUI
          layout={DeskLayout}
          loginPage={signInPage}
          dashboard={Dashboard}
          catchAll={NotFoundPage}
          disableTelemetry
          requireAuth
          title="XM Backoffice"
        >
          {resources.map(({ name, permission, list, show }) => (
            <Resource
              key={name}
              name={name}
              {...(list && { list: loadPage(list, permission) })}
              {...(show && { show: loadPage(show, permission) })}
            />
          ))}
          <CustomRoutes>{pages.filter(({ permission }) => permission !== 'anybody').map(routeOf)}</CustomRoutes>
          <CustomRoutes noLayout>{pages.filter(({ permission }) => permission === 'anybody').map(routeOf)}</CustomRoutes>
        </AdminUI>
        <StepUpDialog />
      </AdminContext>
    </DeskContext>
  );
}

function routeOf({ path, page, permission }: DeskPage) {
  const Loaded = loadPage(page, permission);
  return <Route key={path} path={path} element={<Loaded />} />;
}
