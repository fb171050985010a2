/**
 * Withdrawals in the API's answers.
 */
import * as z from 'zod';
import { banks } from '#shared/payments/payment.ts';
import { checkedNames, nameChecks } from './name-check.ts';
import { riskSignals } from './risk.ts';
import { timelineKinds } from './timeline.ts';
import { payoutChannels, withdrawalStates } from './withdrawal.ts';

const instant = z.iso.datetime();
const rupiah = z.int();

export const bankAccountView = z
  .object({
    id: z.string(),
    bank: z.enum(banks),
    accountNumber: z.string(),
    accountName: z.string().meta({ description: 'The holder, as the member says.' }),
    nameCheck: z.enum(nameChecks).meta({ description: "How the bank's name for the holder compares with the member's." }),
    createdAt: instant,
  })
  .meta({ id: 'BankAccount' });

const destination = z.object({
  bankAccountId: z.string(),
  bank: z.enum(banks),
  accountNumber: z.string(),
  accountName: z.string(),
});

export const withdrawalView = z
  .object({
    id: z.string(),
    state: z.enum(withdrawalStates).meta({ description: '`stalled` is shown to staff alone.' }),
    amountRupiah: rupiah.meta({ description: "What leaves the member's balance." }),
    feeRupiah: rupiah,
    payoutRupiah: rupiah.meta({ description: 'What the bank account gets.' }),
    destination,
    reason: z.string().nullable().meta({ description: 'Why it was rejected or has failed.' }),
    createdAt: instant,
    updatedAt: instant,
    completedAt: instant.nullable(),
  })
  .meta({ id: 'Withdrawal' });

const decision = z.object({ staffId: z.string(), name: z.string(), at: instant });

export const deskWithdrawalView = withdrawalView
  .extend({
    memberId: z.string(),
    destination: destination.extend({
      holderName: z.string().nullable().meta({ description: 'The holder, as the bank says; null where the gateway does not tell.' }),
      nameCheck: z.enum(nameChecks),
      checkedAgainst: z.enum(checkedNames),
    }),
    channel: z.enum(payoutChannels),
    risk: z.object({ score: z.int().min(0).max(100), signals: z.array(z.enum(riskSignals)) }),
    approvalsNeeded: z.int().meta({ description: 'How many different people have to approve; as the rules were when it was made.' }),
    approvals: z.array(decision),
    decidedBy: decision.nullable().meta({ description: 'Who rejected it, gave it up or tried it again last.' }),
    attempt: z
      .object({
        id: z.string(),
        number: z.int(),
        startedAt: instant,
        gatewayPayoutId: z.string().nullable(),
        gatewayStatus: z.string().nullable().meta({ description: "The gateway's own word." }),
      })
      .nullable(),
    nextAskAt: instant.nullable().meta({ description: 'When the gateway will be asked next.' }),
    actions: z
      .array(z.enum(['approve', 'reject', 'retry', 'found', 'give-up', 'refresh']))
      .meta({ description: 'What its state allows; whether the caller may is another matter.' }),
  })
  .meta({ id: 'DeskWithdrawal' });

export const timelineView = z
  .object({
    at: instant,
    what: z.enum(timelineKinds),
    actor: z.string(),
    actorName: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'WithdrawalEvent' });
