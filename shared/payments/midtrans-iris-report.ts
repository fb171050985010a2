/**
 * Iris' statement as a report: payouts that went out.
 * https://docs.midtrans.com/reference/transaction-history
 */
import * as z from 'zod';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { gatewayAmount } from './amount.ts';
import { gatewayClient, gatewayIdPattern, readAnswer } from './gateway-client.ts';
import { paymentFault } from './payment-faults.ts';
import { reportLimits, type DailyReport } from './report.ts';

export interface IrisReportSettings {
  readonly baseUrl: string;
  readonly creatorKey: () => Promise<string>;
  readonly clock: Clock;
  readonly chance: Chance;
}

const entry = z.object({
  type: z.string().max(200),
  status: z.string().max(200),
  amount: gatewayAmount,
  reference_no: z.string().regex(gatewayIdPattern).optional(),
  created_at: z.iso.datetime({ offset: true }),
});
const entries = z.array(entry).max(reportLimits.linesMax);

/** They are asked for by whole days of Jakarta. */
const dayOf = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10);

export function irisReport(settings: IrisReportSettings): DailyReport {
  const client = gatewayClient(settings);
  const operation = 'iris.report';
  return {
    gateway: 'iris',
    async lines({ fromMs, toMs }) {
      const path = `/api/v1/statements?from_date=${dayOf(fromMs)}&to_date=${dayOf(toMs - 1)}`;
      const answer = await client({ operation, method: 'GET', path, key: await settings.creatorKey(), isRepeatable: true });
      if (answer.status >= 400) throw paymentFault('payments.gateway-unavailable', { cause: new Error(`${operation}: ${answer.status}`) });
      return readAnswer(operation, answer.body, entries).flatMap(({ type, status, amount, reference_no, created_at }) => {
        const atMs = Date.parse(created_at);
        const isPayout = type.toLowerCase() === 'payout' && status.toLowerCase() === 'debit' && reference_no !== undefined;
        if (!isPayout || atMs < fromMs || atMs >= toMs) return [];
        return [{ what: 'payout' as const, gatewayId: reference_no, reference: null, amountRupiah: amount, atMs }];
      });
    },
  };
}
