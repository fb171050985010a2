import { describe, expect, it } from 'vitest';
import { logFaultCatalogue } from '#shared/logs/log-faults.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { openApiDocument } from '#shared/platform/http/openapi.ts';
import { requestFaultCatalogue } from '#shared/platform/request-faults.ts';

describe('docs/openapi.json', () => {
  it('is what the routes say (renew it with `npx vitest run openapi --update`)', async () => {
    const document = openApiDocument(
      [{ tag: 'Log Scanner', routes: Object.values(logRoutes), faults: logFaultCatalogue }],
      requestFaultCatalogue,
    );
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../../../docs/openapi.json');
  });
});
