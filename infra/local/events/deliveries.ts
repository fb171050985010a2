import { createHash } from 'node:crypto';
import type { DurableClock } from '../clock/clock.ts';
import type { LambdaRuntime } from '../lambda/lambda.ts';
import type { Invoker, StackLog, StackModel } from '../ports.ts';
import type { SqsEngine } from '../sqs/engine.ts';
import type { States } from '../states/states.ts';
import { asyncInvoker } from './async-invoke.ts';
import type { DeliverToTarget } from './schedules.ts';

export interface DeliveryOptions {
  readonly model: StackModel;
  readonly clock: DurableClock;
  readonly log: StackLog;
  readonly sqs: SqsEngine;
  readonly lambda: LambdaRuntime;
  readonly invoker: Invoker;
  readonly states: States;
  readonly queueUrl: (name: string) => string;
}

/** Hands an event to a function, queue or state machine of the template. Rejects when there is no such target, or it does not take the event. */
export function deliveries({ model, clock, log, sqs, lambda, invoker, states, queueUrl }: DeliveryOptions): DeliverToTarget {
  const deliver: DeliverToTarget = async ({ id, targetArn, payload }) => {
    const target = model.byArn(targetArn);
    if (target?.type === 'AWS::Lambda::Function') {
      asynchronous.send({ id, functionArn: targetArn, payload });
    } else if (target?.type === 'AWS::SQS::Queue') {
      await sqs.call('SendMessage', { QueueUrl: queueUrl(target.physicalName), MessageBody: JSON.stringify(payload) });
    } else if (target?.type === 'AWS::StepFunctions::StateMachine') {
      // The name makes a delivery that is tried again the same execution.
      const name = createHash('sha256').update(id).digest('hex');
      await states.handle('StartExecution', { stateMachineArn: targetArn, name, input: JSON.stringify(payload) });
    } else {
      throw new Error(`${targetArn} is no function, queue or state machine of the template`);
    }
  };
  const asynchronous = asyncInvoker({ clock, invoker, settings: (arn) => lambda.asyncSettings(arn), deliver, log });
  return deliver;
}
