import { describe, expect, it } from 'vitest';
import { logFaultCatalogue } from '#shared/logs/log-faults.ts';
import { faultPage } from '#shared/platform/fault-page.ts';
import { requestFaultCatalogue } from '#shared/platform/request-faults.ts';

describe('docs/faults.md', () => {
  it('is what the catalogues say (renew it with `npx vitest run fault-page --update`)', async () => {
    const page = faultPage([
      { title: 'Any request', catalogue: requestFaultCatalogue },
      { title: 'Log Scanner', catalogue: logFaultCatalogue },
    ]);
    await expect(page).toMatchFileSnapshot('../../../docs/faults.md');
  });
});
