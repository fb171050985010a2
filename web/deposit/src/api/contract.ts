/**
 * What the API answers below /api/pay, by its own description.
 */
import type { components, paths } from '../../../api/schema.d.ts';

type Schemas = components['schemas'];
type AnswerTo<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer } } } };
}
  ? Answer
  : never;

export type Deposit = Schemas['Deposit'];
export type DepositStatus = Deposit['status'];
export type Method = Deposit['method'];
export type Instructions = Schemas['PaymentInstructions'];
export type Bank = Extract<Instructions, { bank: unknown }>['bank'];
export type MethodOffer = Schemas['DepositMethod'];
export type Session = AnswerTo<'/api/pay/session'>;
export type DepositList = AnswerTo<'/api/pay/deposits'>;
