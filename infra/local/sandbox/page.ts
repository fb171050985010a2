/**
 * The sandbox's page: what has been charged and paid out, with a button for everything that may become of it.
 */
import { isOpen, isRefundable, refundedRupiah, type SandboxCharge, wasPaid } from './charge.ts';
import type { ChargeAction } from './charges.ts';
import type { SandboxContext } from './context.ts';
import { transactionStatus } from './midtrans-words.ts';
import { planned } from './misbehaviours.ts';
import type { SandboxPayout, SandboxWebhook } from './items.ts';
import { button, document, escaped, rupiah, settingsPath } from './page-parts.ts';
import type { PayoutAction } from './payouts.ts';
import { requestStatus } from './xendit-words.ts';

export function page(context: SandboxContext): string {
  const { store } = context;
  const charges = store.list('charge').map(chargeRow);
  const payouts = store.list('payout').map(payoutRow);
  const webhooks = store.list('webhook').slice(0, 50).map(webhookRow);
  const settings = Object.entries(context.settings()).map(([name, value]) => settingOf(name, value));
  return document(
    'Sandbox gateway',
    `<h1>Sandbox gateway</h1>
<p>${new Date(context.clock.now()).toISOString()} · ${settings.join(' · ')}
 ${button('release webhooks', '/_sandbox/webhooks/release')} ${button('in another order', '/_sandbox/webhooks/release', { order: 'shuffled' })}
 · ${planned(store).length} misbehaviours ${button('503', '/_sandbox/misbehaviours', { kind: 'status' })}${button('cut', '/_sandbox/misbehaviours', { kind: 'cut-after' })}</p>
${table('Charges', ['Order', 'Rupiah', 'By', 'State', 'Code', 'Then'], charges)}
${table('Payouts', ['Reference', 'Rupiah', 'To', 'State', 'Then'], payouts)}
${table('Webhooks', ['Order', 'To', 'State', 'Answers', 'Then'], webhooks)}
`,
  );
}

function table(title: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  const none = `<tr><td colspan="${heads.length}">None yet.</td></tr>`;
  return `<h2>${title}</h2><div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('') || none}</tbody></table></div>`;
}

const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

function chargeRow(charge: SandboxCharge): string {
  const { gateway, reference, channel, bank, amountRupiah, code } = charge;
  const state = gateway === 'midtrans' ? transactionStatus(charge) : requestStatus(charge);
  const money = [
    ...charge.payments.map((payment) => `paid ${rupiah(payment.amountRupiah)}`),
    ...(charge.refunds.length > 0 ? [`refunded ${rupiah(refundedRupiah(charge))}`] : []),
    ...(charge.takenBack === null ? [] : [charge.takenBack]),
  ];
  const path = `/_sandbox/charges/${gateway}/${encodeURIComponent(reference)}`;
  const buttons = actionsFor(charge).map((action) => button(action, `${path}/${action}`));
  // A token is the same for all news: one who has it needs nothing of a refund.
  const forgeries =
    gateway === 'midtrans' ? [button('forge with the signature of a refund', `${path}/forge`, { how: 'refund-signature' })] : [];
  return row(
    escaped(reference),
    rupiah(amountRupiah),
    escaped([gateway, channel, bank ?? ''].join(' ')),
    escaped([state, ...money].join(', ')),
    `<code>${escaped(code)}</code>`,
    [...buttons, button('pay 1 less', `${path}/pay`, { amountRupiah: Math.max(1, amountRupiah - 1) }), ...forgeries].join(''),
  );
}

function actionsFor(charge: SandboxCharge): ChargeAction[] {
  if (isOpen(charge)) return ['pay', 'expire', 'cancel', 'fail', 'notify', 'forge'];
  if (!wasPaid(charge)) return ['pay', 'notify', 'forge'];
  const refunds: ChargeAction[] = isRefundable(charge) ? ['refund', 'confirm-refunds'] : [];
  return ['pay', 'deny', 'chargeback', ...refunds, 'notify', 'forge'];
}

const payoutActionsFor: Readonly<Record<string, readonly PayoutAction[]>> = {
  queued: ['approve', 'reject'],
  processed: ['complete', 'fail'],
  completed: ['reverse'],
  ACCEPTED: ['complete', 'fail', 'reject'],
  SUCCEEDED: ['reverse'],
};

function payoutRow({ id, reference, amountRupiah, gateway, bank, accountNumber, status }: SandboxPayout): string {
  const buttons = (payoutActionsFor[status] ?? []).map((action) => button(action, `/_sandbox/payouts/${id}/${action}`));
  return row(
    escaped(`${reference} (${id})`),
    rupiah(amountRupiah),
    escaped(`${gateway} ${bank} ${accountNumber}`),
    escaped(status),
    buttons.join(''),
  );
}

function webhookRow({ id, reference, channel, state, attempts }: SandboxWebhook): string {
  const answers = attempts.map(({ answer, tookMs }) => `${answer} in ${tookMs} ms`).join(', ');
  return row(escaped(reference), escaped(channel), escaped(state), escaped(answers), button('send', `/_sandbox/webhooks/${id}/send`));
}

/** Of every webhook from now on: lost, as it should be, tripled; at once, in a while, late. */
const choices: Readonly<Record<string, readonly number[]>> = { copies: [0, 1, 3], delaySeconds: [0, 10, 60] };

function settingOf(name: string, value: boolean | number): string {
  if (typeof value === 'boolean') return `${name} ${button(String(value), settingsPath, { [name]: !value })}`;
  const others = (choices[name] ?? []).filter((choice) => choice !== value);
  return `${name} ${value}${others.map((choice) => ` ${button(String(choice), settingsPath, { [name]: choice })}`).join('')}`;
}
