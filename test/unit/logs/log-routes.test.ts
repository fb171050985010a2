import { describe, expect, it } from 'vitest';
import { logFaultCatalogue } from '#shared/logs/log-faults.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { routeKey, type Route } from '#shared/platform/http/route.ts';

const routes: Route[] = Object.values<unknown>(logRoutes) as Route[];

describe('the routes of the Log Scanner', () => {
  it('have keys and operations of their own, and none is open to everybody', () => {
    expect(new Set(routes.map(routeKey)).size).toBe(routes.length);
    expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length);
    expect(routes.filter(({ permission }) => permission === undefined)).toEqual([]);
  });

  it('name every parameter of their path, and only faults that are declared', () => {
    for (const { path, pathParameters, faults } of routes) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(pathParameters?.shape ?? {})).toEqual(named);
      expect(Object.keys(logFaultCatalogue)).toEqual(expect.arrayContaining([...faults]));
    }
  });

  it.each([
    ['2026-11-21', '2026-11-21T00:00:00.000Z', '2026-11-21T23:59:59.999Z'],
    ['2026-11-21T12:00:00+07:00', '2026-11-21T05:00:00.000Z', '2026-11-21T05:00:00.000Z'],
  ])('take %s for an instant', (text, from, to) => {
    expect(logRoutes.listErrors.query?.parse({ from: text, to: text })).toMatchObject({ from, to, limit: 50 });
  });

  it.each([{ from: 'yesterday' }, { to: '2026-11-21T12:00:00' }, { level: 'warn' }, { limit: '201' }, { limit: '0' }, { text: '' }])(
    'refuse %j',
    (query) => {
      expect(logRoutes.listErrors.query?.safeParse(query).success).toBe(false);
    },
  );
});
