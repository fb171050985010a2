/**
 * Xendit's list of transactions as a report: payments that came in and payouts that went out.
 * https://docs.xendit.co/apidocs/list-transactions
 */
import * as z from 'zod';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { gatewayAmount } from './amount.ts';
import { answerWrong, gatewayClient, readAnswer } from './gateway-client.ts';
import { reportLimits, type DailyReport, type ReportLine } from './report.ts';
import { xenditId } from './xendit-answers.ts';
import { unavailable } from './xendit-calls.ts';

export interface XenditReportSettings {
  readonly baseUrl: string;
  readonly secretKey: () => Promise<string>;
  readonly clock: Clock;
  readonly chance: Chance;
}

const word = z.string().max(200);
const transaction = z.object({
  id: xenditId,
  product_id: xenditId,
  type: word,
  status: word,
  reference_id: word.nullish(),
  currency: z.literal('IDR'),
  amount: gatewayAmount,
  created: z.iso.datetime({ offset: true }),
});
const page = z.object({ has_more: z.boolean(), data: z.array(transaction).max(reportLimits.linesPerPage) });

/** Their other types are fees, refunds and moves of the platform's own. What was taken back was paid before. */
const kinds: Readonly<Record<string, ReportLine['what']>> = { PAYMENT: 'payment', DISBURSEMENT: 'payout', PAYOUT: 'payout' };
const counted = new Set(['SUCCESS', 'REVERSED', 'VOIDED']);

export function xenditReport(settings: XenditReportSettings): DailyReport {
  const client = gatewayClient(settings);
  const operation = 'xendit.report';
  return {
    gateway: 'xendit',
    async lines({ fromMs, toMs }) {
      const found: ReportLine[] = [];
      let after: string | undefined;
      for (let number = 1; number <= reportLimits.pagesMax; number += 1) {
        const answer = await client({
          operation,
          method: 'GET',
          path: `/transactions?${queryOf({ fromMs, toMs, after })}`,
          key: await settings.secretKey(),
          isRepeatable: true,
        });
        if (answer.status >= 400) throw unavailable(operation, answer);
        const { data, has_more } = readAnswer(operation, answer.body, page);
        found.push(...data.flatMap((one) => lineOf(one)));
        after = data.at(-1)?.id;
        if (!has_more || after === undefined) return found;
      }
      throw answerWrong(operation, `more than ${reportLimits.pagesMax} pages`);
    },
  };
}

function queryOf({ fromMs, toMs, after }: { fromMs: number; toMs: number; after: string | undefined }): string {
  const query = new URLSearchParams({
    limit: String(reportLimits.linesPerPage),
    'created[gte]': new Date(fromMs).toISOString(),
    'created[lte]': new Date(toMs - 1).toISOString(),
    ...(after !== undefined && { after_id: after }),
  });
  return query.toString();
}

function lineOf({ type, status, product_id, reference_id, amount, created }: z.output<typeof transaction>): ReportLine[] {
  const what = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (what === undefined || !counted.has(status)) return [];
  return [{ what, gatewayId: product_id, reference: reference_id ?? null, amountRupiah: amount, atMs: Date.parse(created) }];
}
