/**
 * Midtrans' Payouts API (Iris): the creator's key makes payouts, the approver's sends them.
 */
import * as z from 'zod';
import type { SandboxContext } from './context.ts';
import { once } from './idempotency.ts';
import { actOnPayout, irisPayoutBody, openPayout } from './payouts.ts';
import { irisStatements } from './reports.ts';
import { hasKey, headerOf, type Route, type SandboxAnswer, type SandboxRequest } from './routes.ts';

const payoutSchema = z.looseObject({
  beneficiary_name: z.string().min(1).max(100),
  beneficiary_account: z.string().regex(/^\d{6,20}$/),
  beneficiary_bank: z.string().min(2).max(20),
  amount: z.string().regex(/^\d{1,13}(\.0{1,2})?$/),
  notes: z
    .string()
    .regex(/^[A-Za-z0-9 ]{0,100}$/)
    .optional(),
});
const createSchema = z.object({ payouts: z.array(payoutSchema).min(1).max(100) });
const approveSchema = z.object({ reference_nos: z.array(z.string()).min(1).max(100), otp: z.string().optional() });

const keyLifetimeMs = 24 * 3_600_000;

export function irisRoutes(context: SandboxContext, basePath: string): Route[] {
  const guarded =
    (key: 'irisCreatorKey' | 'irisApproverKey', answer: Route['answer']): Route['answer'] =>
    (request, parts) =>
      hasKey(request, context.keys[key]) ? answer(request, parts) : { status: 401, body: { error_message: 'Access denied' } };
  const at = (path: string): RegExp => new RegExp(`^${basePath}/api/v1${path}$`);
  const { store } = context;
  return [
    {
      operation: 'iris.send',
      method: 'POST',
      path: at('/payouts'),
      answer: guarded('irisCreatorKey', (request) => create(context, request)),
    },
    {
      operation: 'iris.approve',
      method: 'POST',
      path: at('/payouts/approve'),
      answer: guarded('irisApproverKey', (request) => approve(context, request)),
    },
    {
      operation: 'iris.status',
      method: 'GET',
      path: at('/payouts/([^/]+)'),
      answer: guarded('irisCreatorKey', (_, [id = '']) => {
        const payout = store.get('payout', id);
        return payout === undefined ? failed(404, "Payout doesn't exist") : { status: 200, body: irisPayoutBody(payout) };
      }),
    },
    {
      operation: 'iris.report',
      method: 'GET',
      path: at('/statements'),
      answer: guarded('irisCreatorKey', ({ query }) => ({ status: 200, body: irisStatements(store, query) })),
    },
    {
      operation: 'iris.account',
      method: 'GET',
      path: at('/account_validation'),
      answer: guarded('irisCreatorKey', ({ query }) => account(query)),
    },
  ];
}

const failed = (status: number, message: string): SandboxAnswer => ({ status, body: { error_message: message, errors: message } });

function create(context: SandboxContext, request: SandboxRequest): SandboxAnswer {
  const { data, error } = createSchema.safeParse(request.body);
  if (data === undefined) return failed(400, z.prettifyError(error));
  const key = headerOf(request, 'x-idempotency-key');
  const rule = { scope: 'iris', key, lifetimeMs: keyLifetimeMs, conflict: failed(400, 'idempotency-key is not unique') } as const;
  const answer = (): SandboxAnswer => ({
    status: 201,
    body: {
      payouts: data.payouts.map((payout) => {
        const { id, status } = openPayout(context, {
          id: context.store.nextId().slice(0, 18),
          reference: key ?? '',
          gateway: 'midtrans',
          amountRupiah: Number(payout.amount),
          bank: payout.beneficiary_bank,
          accountNumber: payout.beneficiary_account,
          accountName: payout.beneficiary_name,
          status: 'queued',
        });
        return { status, reference_no: id };
      }),
    },
  });
  return once(context, rule, { body: request.body, answer });
}

function approve(context: SandboxContext, { body }: SandboxRequest): SandboxAnswer {
  const ids = approveSchema.safeParse(body).data?.reference_nos;
  if (ids === undefined) return failed(400, 'reference_nos is missing');
  const payouts = ids.map((id) => context.store.get('payout', id));
  if (payouts.some((payout) => payout?.status !== 'queued')) return failed(400, 'Payouts cannot be approved');
  for (const payout of payouts) if (payout) actOnPayout(context, { payout, action: 'approve', input: { webhook: {} } });
  return { status: 202, body: { status: 'ok' } };
}

/** Every account is there but those that begin with 000, under a name made of its number. */
function account(query: URLSearchParams): SandboxAnswer {
  const number = query.get('account') ?? '';
  if (!/^\d{6,20}$/.test(number) || number.startsWith('000'))
    return {
      status: 400,
      body: { error_message: 'An error occurred when doing account validation', errors: { account: ['Account does not exist'] } },
    };
  return { status: 200, body: { id: number, account_no: number, account_name: sandboxHolder(number), bank_name: query.get('bank') } };
}

const names = ['SARI DEWI', 'BUDI SANTOSO', 'AGUS WIJAYA', 'RINA LESTARI'] as const;
const sandboxHolder = (number: string): string => names[Number(number.slice(-1)) % names.length] ?? names[0];
