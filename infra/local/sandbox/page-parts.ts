/**
 * What the sandbox's pages are made of.
 */

const style = `
  body { font: 15px/1.5 system-ui; max-width: 72rem; margin: 1.5rem auto; padding: 0 1rem }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .4rem; border-top: 1px solid #bbb }
  code { overflow-wrap: anywhere; font-size: 12px } form { display: inline } button { margin: 1px; min-height: 28px }
  .scroll { overflow-x: auto }
`;

/** Buttons post JSON: a form of another site cannot, so that none can make this one act. */
const script = `
  document.addEventListener('click', async ({ target }) => {
    const { path, method, body } = target.dataset;
    if (path === undefined) return;
    const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: body ?? '{}' });
    if (answer.ok) location.reload();
    else alert((await answer.json()).detail);
  });
`;

/** A whole page around HTML. */
export const document = (title: string, html: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>${style}</style>
${html}
<script>${script}</script></html>`;

/** Sends a command, and shows the page anew. */
export function button(label: string, path: string, body: object = {}): string {
  const method = path === settingsPath ? 'PATCH' : 'POST';
  return `<button type="button" data-method="${method}" data-path="${escaped(path)}" data-body="${escaped(JSON.stringify(body))}">${escaped(label)}</button>`;
}

export const settingsPath = '/_sandbox/settings';

export const rupiah = (amount: number): string => amount.toLocaleString('id-ID');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
