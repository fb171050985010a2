/**
 * The Log Scanner's pages in a real Chromium, over a fake of the API: how they look, whether everybody can use them, and what can be done with them.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { bytesOfPart, partBytesOf } from '#shared/logs/uploads/upload-limits.ts';
import { sampleLogs } from '#test/fakes/desk/desk-logs.ts';
import { deskInBrowser, executable, pageMsMax, signIn } from './backoffice-desk.ts';
import { accessibilityViolations, shoot, viewports, watchForErrors } from './browser.ts';

const patience = { timeout: pageMsMax };

describe.skipIf(executable === undefined)("the Log Scanner's pages", () => {
  const inBrowser = deskInBrowser();
  const { desk, visitor } = inBrowser;
  beforeEach(() => {
    Object.assign(desk().state.logs, sampleLogs(Date.now()));
  });
  const pattern = (at: number) => desk().state.logs.patterns[at]?.id ?? '';
  const staff = (person: string, address: string) =>
    inBrowser.staff(person, address, { permissions: ['clipboard-read', 'clipboard-write'] });

  describe.each([
    ['phone', 'en', 'dark'],
    ['desk', 'id', 'light'],
  ] as const)('on a %s, in %s, %s', (viewport, language, colorScheme) => {
    it('pass WCAG 2.1 AA, never scroll sideways and throw nothing', async () => {
      const page = await visitor({ viewport: viewports[viewport], colorScheme });
      const errors = watchForErrors(page);
      await page.addInitScript(`localStorage.setItem('RaStorexm.locale', JSON.stringify('${language}'))`);
      const look = async (name: string): Promise<void> => {
        await page.locator('[role=status][aria-label]').waitFor({ state: 'detached' });
        // What is being read again is dimmed.
        await expect.poll(() => page.locator('[aria-busy=true]').count(), patience).toBe(0);
        await shoot(page, `logs-${name}-${viewport}-${language}-${colorScheme}`);
        expect.soft([name, await accessibilityViolations(page)]).toEqual([name, []]);
        expect.soft([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true]);
      };
      await page.goto(`${desk().origin}/#/log-patterns`);
      await signIn(page, 'olivia');
      for (const [name, address, mark] of [
        ['patterns', '/log-patterns', '[data-row]'],
        ['pattern', `/log-patterns/${pattern(3)}/show`, '.recharts-bar-rectangle'],
        ['pattern-history', `/log-patterns/${pattern(3)}/show/history`, 'text=1182'],
        ['pattern-fingerprints', `/log-patterns/${pattern(0)}/show/fingerprints`, 'table'],
        ['dashboard', '/log-dashboard', '.recharts-bar-rectangle'],
        ['dashboard-services', '/log-dashboard?by=service&window=24h', '[data-part]'],
        ['errors', '/log-errors', '[data-row]'],
        ['errors-of-file', `/log-errors?file=${desk().state.logs.files[2]?.id}`, 'text=/gzip/'],
        ['error', `/log-errors/${desk().state.logs.errors[3]?.id}/show`, '[data-hit]'],
        ['files', '/log-files', '[data-row]'],
        ['file', `/log-files/${desk().state.logs.files[0]?.id}/show`, '[data-ranges] [data-cell=scanning]'],
        ['file-failed', `/log-files/${desk().state.logs.files[2]?.id}/show`, '[data-ranges] [data-cell=failed]'],
        ['alert-rules', '/log-alert-rules', 'text=/410/'],
      ] as const) {
        await page.goto(`${desk().origin}/#${address}`);
        await page.locator(mark).first().waitFor();
        await look(name);
      }
      expect(errors).toEqual([]);
    });
  });

  it('open the list behind each figure, with the filters of the dashboard', async () => {
    const page = await staff('oki', '/log-dashboard?window=24h');
    await page.locator('[data-tile=fatals]').click();
    await expect.poll(() => page.url(), patience).toMatch(/log-errors\?level=fatal&window=24h$/);
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBeGreaterThan(0);
    expect(
      new Set(
        await page
          .getByRole('row')
          .getByText(/^(Error|Fatal)$/)
          .allInnerTexts(),
      ),
    ).toEqual(new Set(['Fatal']));
    await page.goBack();
    await page.locator('[data-tile=regressed]').click();
    await expect
      .poll(() => page.locator('[data-row]').allInnerTexts(), patience)
      .toEqual(['java.lang.NullPointerException: Cannot invoke "com.xm.wallet.Balance.rupiah()" because "<*>" is null']);
    await page.goBack();
    const chart = page.locator('[data-series]');
    await chart.getByRole('button', { name: 'Layanan' }).click();
    await expect.poll(() => page.url(), patience).toMatch(/by=service&window=24h$/);
    await chart.getByRole('button', { name: 'Tabel' }).click();
    expect(await chart.getByRole('columnheader').allInnerTexts()).toEqual([
      'Waktu',
      'com.xm.wallet.DepositService',
      'gateway.http',
      'nginx',
      'queue.worker',
    ]);
    await page.locator('[data-part]').nth(1).click();
    await expect.poll(() => page.url(), patience).toMatch(/log-errors\?service=gateway.http&window=24h$/);
  });

  it('show what became of each range of a file while it is scanned, from the dashboard on', async () => {
    const page = await staff('oki', '/log-dashboard');
    await page.getByRole('region', { name: 'Sedang dipindai' }).locator('[data-row]').first().click();
    const ranges = page.locator('[data-ranges]');
    const totals = () => ranges.locator('[data-total]').allInnerTexts();
    await expect.poll(totals, patience).toEqual(['Selesai: 11', 'Menunggu: 4', 'Dipindai: 3', 'Gagal: 0']);
    const [file] = desk().state.logs.files;
    const cell = file?.ranges.map.cells[11];
    Object.assign(cell ?? {}, { scanning: 0, failed: 1, records: 7 });
    await expect.poll(totals, patience).toEqual(['Selesai: 11', 'Menunggu: 4', 'Dipindai: 2', 'Gagal: 1']);
    expect(await ranges.locator('[data-cell]').count()).toBe(18);
    await ranges.getByRole('button', { name: 'Tabel' }).click();
    const row = ranges.getByRole('row', { name: /^Bagian 12 / });
    expect((await row.innerText()).split(/\s*\t\s*/).slice(0, 3)).toEqual(['Bagian 12', 'Gagal', '7']);
    await page.getByRole('link', { name: /^Fatal: / }).click();
    await expect.poll(() => page.url(), patience).toMatch(/log-errors\?file=\w+&level=fatal$/);
    await page.getByRole('link', { name: 'Rincian' }).click();
    await ranges.waitFor();
  });

  it('try an alert rule out, and see whether the channel took it', async () => {
    const page = await staff('oki', '/log-alert-rules');
    await page.getByRole('button', { name: 'Uji coba: Pola baru di dompet' }).click();
    const dialog = page.getByRole('dialog', { name: 'Uji coba Pola baru di dompet' });
    await dialog.getByRole('button', { name: 'Kirim pesan uji' }).click();
    await dialog.locator('[data-fate=pending]').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    Object.assign(desk().state.logs.alerts[0] ?? {}, {
      status: 'refused',
      detail: 'The webhook answered 404.',
      settledAt: new Date().toISOString(),
    });
    await dialog.locator('[data-fate=refused]').getByText('404').waitFor();
    await dialog.getByRole('button', { name: 'Tutup' }).click();
    await page.getByText('Pesan uji untuk Pola baru di dompet').waitFor();
  });

  it('resolve a pattern in a version, say so in its history, and learn of somebody who was faster', async () => {
    const page = await staff('oki', `/log-patterns/${pattern(0)}/show`);
    await page.getByRole('button', { name: 'Selesaikan' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Dalam versi').fill('3.1.0');
    await dialog.getByRole('button', { name: 'Selesaikan' }).click();
    await page.getByText('Pola diselesaikan').waitFor();
    await page.getByText(/dalam versi 3\.1\.0/).waitFor();
    await page.getByRole('tab', { name: 'Riwayat' }).click();
    await page.getByText('menyelesaikan').waitFor();
    await page.getByRole('textbox', { name: 'Komentar' }).fill('Diperbaiki di gateway.');
    await page.getByRole('button', { name: 'Kirim' }).click();
    await page.getByText('Diperbaiki di gateway.').waitFor();
    Object.assign(desk().state.logs.patterns[0] ?? {}, { revision: 99 });
    await page.getByRole('button', { name: 'Buka lagi' }).click();
    await dialog.getByRole('button', { name: 'Buka lagi' }).click();
    await dialog.getByText('Orang lain baru saja memutuskan').waitFor();
    expect(desk().state.logs.patterns[0]).toMatchObject({ status: 'resolved', resolution: { inVersion: '3.1.0' } });
  });

  it('merge patterns that were picked, and split fingerprints off', async () => {
    const page = await staff('oki', '/log-patterns?exclude=NullPointer&sort=count');
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(5);
    await page.getByRole('checkbox', { name: /^Pilih disk usage/ }).check();
    await page.getByRole('checkbox', { name: /^Pilih Message/ }).check();
    await page.getByRole('button', { name: 'Gabungkan 2' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Gabungkan' }).click();
    await page.getByText('Pola digabungkan').waitFor();
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(4);
    expect(desk().state.logs.patterns[5]?.mergedInto).toBe(pattern(4));

    await page.goto(`${desk().origin}/#/log-patterns/${pattern(0)}/show/fingerprints`);
    await page.getByRole('checkbox', { name: /attempt 2/ }).check();
    await page.getByRole('button', { name: 'Pisahkan' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pisahkan' }).click();
    await page.getByRole('heading', { level: 1, name: /attempt 2/ }).waitFor();
  });

  it('find errors by words one wants and words one does not, by a link that others can open, and copy them', async () => {
    const page = await staff('ari', '/log-errors');
    await page.locator('[data-row]').nth(20).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('timed "response header"');
    await page.getByLabel('Tanpa').fill('nothing-of-it');
    await expect.poll(() => page.url(), patience).toMatch(/exclude=nothing-of-it&text=timed\+%22response\+header%22$/);
    await expect
      .poll(
        async () =>
          new Set(
            await page
              .locator('[data-row]')
              .allInnerTexts()
              .then((all) => all.map((text) => text.slice(0, 18))),
          ),
        patience,
      )
      .toEqual(new Set(['upstream timed out']));

    const trace = desk().state.logs.errors[3];
    await page.goto(`${desk().origin}/#/log-errors?pattern=${pattern(3)}`);
    await page.locator('[data-pattern]').getByText('NullPointerException').waitFor();
    await page.locator('[data-row]').first().click();
    const stack = page.locator('[data-stack]');
    await stack.waitFor();
    expect(await stack.locator('[data-frames=own]').allInnerTexts()).toEqual([
      expect.stringContaining('DepositService.settle'),
      expect.stringContaining('BalanceRepository.read'),
    ]);
    expect(await stack.innerText()).not.toContain('FutureTask');
    await stack
      .getByRole('button', { name: /bingkai pustaka/ })
      .first()
      .click();
    expect(await stack.innerText()).toContain('FutureTask');

    const copied = async (name: string): Promise<string> => {
      await page.getByRole('button', { name, exact: true }).click();
      return page.evaluate('navigator.clipboard.readText()');
    };
    expect(await copied('Salin pesan')).toBe(`${trace?.message}\n${trace?.stack}`);
    expect(await copied('Salin tautan')).toBe(`${desk().origin}/#/log-errors/${trace?.id}/show`);
    expect(await copied('Salin sebagai curl')).toContain(`'${desk().origin}/api/admin/logs/errors/${trace?.id}'`);
    await page.getByRole('link', { name: 'Kejadian sebelumnya' }).click();
    await expect.poll(() => page.url(), patience).toContain(desk().state.logs.errors[9]?.id);
    await page.locator(`a[data-key=j][href*="${desk().state.logs.errors[15]?.id}"]`).waitFor();
    await page.keyboard.press('j');
    await expect.poll(() => page.url(), patience).toContain(desk().state.logs.errors[15]?.id);
    await page.getByLabel('Jumlah baris').click();
    await page.getByRole('option', { name: '±50' }).click();
    await expect.poll(() => page.locator('[data-context] [data-line]').count(), patience).toBeGreaterThan(100);
  });

  it('export what the filters show', async () => {
    const page = await staff('oki', '/log-errors?level=fatal');
    await page.locator('[data-row]').nth(3).waitFor();
    await page.getByRole('button', { name: 'Ekspor' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ekspor kesalahan' });
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'NDJSON' }).click();
    await dialog.getByRole('button', { name: 'Buat berkas' }).click();
    const fatals = desk().state.logs.errors.filter(({ level }) => level === 'fatal').length;
    await dialog.getByText(`${fatals} kesalahan`).waitFor();
    expect(await dialog.getByRole('link', { name: 'Unduh' }).getAttribute('href')).toBe('/bucket/export');
    expect(desk().state.logs.exports).toMatchObject([{ format: 'ndjson', records: fatals }]);
  });

  it('go on with an upload after a reload, sending what had not arrived, and know a file that was sent before', async () => {
    const page = await staff('oki', '/log-files');
    const { uploads } = desk().state.logs;
    const file = { name: 'besar.log', mimeType: 'text/plain', buffer: Buffer.alloc(partBytesOf(0) + 100, 'kesalahan\n') };
    const put: number[] = [];
    let isOpen = false;
    await page.route('**/bucket/**', async (route) => {
      const [, uploadId = '', part = ''] = /bucket\/([^/]+)\/(\d+)$/.exec(route.request().url()) ?? [];
      if (!isOpen && part !== '2') return;
      put.push(Number(part));
      uploads.arrive({ key: '', uploadId }, Number(part), bytesOfPart(file.buffer.length, Number(part)));
      await route.fulfill({ status: 200 });
    });
    await page.locator('[data-upload]').setInputFiles(file);
    await expect.poll(() => put, patience).toEqual([2]);
    await page.reload();
    await page.locator('[data-interrupted]').getByText('besar.log').waitFor();
    isOpen = true;
    await page.locator('[data-upload]').setInputFiles(file);
    await page.getByText('Terunggah, menunggu pemindaian').waitFor();
    expect([put.toSorted((a, b) => a - b), uploads.stored.size]).toEqual([[1, 2], 1]);
    await page.locator('[data-upload]').setInputFiles(file);
    await page.getByText('Berkas yang sama sudah pernah diunggah').waitFor();
    await page.getByRole('button', { name: 'Unggah lagi: besar.log' }).click();
    await expect.poll(() => page.getByText('Terunggah, menunggu pemindaian').count(), patience).toBe(2);
    expect(put).toHaveLength(4);
  });

  it('make, pause and delete alert rules, and show a webhook its secret once', async () => {
    const page = await staff('oki', '/log-alert-rules');
    await page.getByRole('button', { name: 'Aturan baru' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nama').fill('Lonjakan gateway');
    await dialog.getByLabel('Lonjakan').check();
    await dialog.getByLabel('Saluran').click();
    await page.getByRole('option', { name: 'Webhook' }).click();
    await dialog.getByLabel('Alamat webhook').fill('https://localhost/hook');
    await dialog.getByRole('button', { name: 'Simpan' }).click();
    await dialog.getByText('Webhook tidak boleh beralamat ini').waitFor();
    await dialog.getByLabel('Alamat webhook').fill('https://hooks.example/xm');
    await dialog.getByRole('button', { name: 'Simpan' }).click();
    await page.getByRole('dialog', { name: 'Rahasia webhook' }).getByText('whsec_').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sudah disimpan' }).click();
    const row = page.getByRole('row', { name: /Lonjakan gateway/ });
    await row.getByText('Webhook: hooks.example').waitFor();
    await page.getByRole('button', { name: 'Jeda: Lonjakan gateway' }).click();
    await dialog.getByRole('button', { name: 'Jeda' }).click();
    await row.getByText('Dijeda').waitFor();
    await page.getByRole('button', { name: 'Hapus: Lonjakan gateway' }).click();
    await dialog.getByRole('button', { name: 'Hapus' }).click();
    await row.waitFor({ state: 'detached' });
    expect(desk().state.logs.rules).toHaveLength(2);
  });
});
