/**
 * A real Chromium for journeys: found on the machine, never downloaded.
 */
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { root } from '#infra/build.ts';

/** Where pages are seen: a phone and a desk. */
export const viewports = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } } as const;

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** `CHROMIUM_PATH`, a system package, one that Playwright has installed, or the npm package `@sparticuz/chromium`; undefined when there is none. */
export async function chromiumPath(): Promise<string | undefined> {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return given;
  const playwrights = globSync(join(homedir(), '.cache/ms-playwright/chromium-*/chrome-linux*/chrome'));
  return [...systemPaths, ...playwrights].find((path) => existsSync(path)) ?? (await packagedPath());
}

async function packagedPath(): Promise<string | undefined> {
  try {
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    const packaged = (await import(entry)) as { default: { executablePath(): Promise<string> } };
    return await packaged.default.executablePath();
  } catch {
    return undefined;
  }
}

/**
 * What of Chromium's own interface no page needs. The last `--disable-features` is the one that counts, so those of Playwright that matter to a
 * page are here again; each window's two prepared address bar menus cost a second of a core.
 */
const featuresOff = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** Starts it without a sandbox, as containers ask for, and without anything that calls out. */
export async function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-gpu-rasterization',
      '--disable-gpu-compositing',
      '--disable-software-rasterizer',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${featuresOff.join(',')}`,
    ],
  });
}

/** What axe-core finds against WCAG 2.1 A and AA: rule and element of each violation, none when all is well. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  await settled(page);
  // A page that only changes what it shows keeps it.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const injected = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await injected.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
    );
  });
}

/** How long a fade may take; none of ours takes a second. */
const fadeMsMax = 5_000;

/** Text that fades in, or that stands in for what is being loaded, is half transparent and has another contrast: what is held to WCAG is what remains. */
async function settled(page: Page): Promise<void> {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate(`Promise.race([
    new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))).then(() =>
      Promise.allSettled(
        document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished),
      ),
    ),
    new Promise((late) => setTimeout(late, ${fadeMsMax})),
  ]).then(() => {})`);
}

/** Writes `.local/shots/<name>.png`, the whole page, for people to look at; not with `XM_SHOTS=off`, since no test reads it and each costs most of a second. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (process.env['XM_SHOTS'] === 'off') return;
  const directory = join(root, '.local', 'shots');
  mkdirSync(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true });
}

/** Errors of the page itself: exceptions, and what the console calls an error, refusals by the content security policy among them. */
export function watchForErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}
