/**
 * The app of a wallet, as a page of the sandbox: where a member who was sent to it says yes or no.
 */
import { isOpen, wasPaid } from './charge.ts';
import type { SandboxContext } from './context.ts';
import { button, document, escaped, rupiah } from './page-parts.ts';

interface Place {
  readonly gateway: 'midtrans' | 'xendit';
  readonly reference: string;
}

/** What a charge's address leads to. */
export const walletUrl = ({ pageUrl }: Pick<SandboxContext, 'pageUrl'>, { gateway, reference }: Place): string =>
  `${pageUrl()}/wallet/${gateway}/${encodeURIComponent(reference)}`;

const walletPath = /^\/wallet\/(midtrans|xendit)\/([^/]+)$/;

/** Undefined for any other path, and for a charge that there is not. */
export function walletPage({ store }: SandboxContext, path: string): string | undefined {
  const [, gateway, name = ''] = walletPath.exec(path) ?? [];
  const reference = decodeURIComponent(name);
  const charge = store.list('charge', reference).find((one) => one.gateway === gateway);
  if (charge === undefined) return undefined;
  const command = `/_sandbox/charges/${charge.gateway}/${encodeURIComponent(reference)}`;
  const done = wasPaid(charge)
    ? 'Paid. Go back to where you came from.'
    : 'There is nothing to be paid any more. Go back to where you came from.';
  const choice = `${button('Pay', `${command}/pay`)} ${button('Refuse', `${command}/fail`)}`;
  return document(
    'Sandbox wallet',
    `<h1>${escaped(charge.channel)}, in the sandbox</h1>
<p>${escaped(reference)} asks for <strong>Rp ${rupiah(charge.amountRupiah)}</strong>.</p>
<p>${isOpen(charge) ? choice : done}</p>`,
  );
}
