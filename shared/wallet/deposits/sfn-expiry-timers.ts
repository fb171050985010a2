/**
 * A Step Functions execution for each deposit, named after it: started twice, it is one.
 */
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ExpiryTimers } from './ports.ts';

export const sfnClient = (): SFNClient =>
  new SFNClient({ maxAttempts: 5, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true } });

export function sfnExpiryTimers(client: SFNClient, stateMachineArn: string): ExpiryTimers {
  return {
    async start({ depositId, expiresAtMs }) {
      // The version is for a machine that would have to be started once more for deposits that wait already.
      const name = `${depositId}-v1`;
      // Step Functions cuts milliseconds off, which would be early: the deadline is a whole second, and rounded up if it ever is not.
      const expiresAt = `${new Date(Math.ceil(expiresAtMs / 1_000) * 1_000).toISOString().slice(0, 19)}Z`;
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify({ depositId, expiresAt }) }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
