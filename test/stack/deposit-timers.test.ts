import { beforeAll, describe, expect, it } from 'vitest';
import { synthesisedTemplate } from './template.ts';

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: string;
}

let retriers: readonly Retrier[];

beforeAll(async () => {
  const { resources } = await synthesisedTemplate();
  const [, machine] =
    Object.entries(resources).find(([id, { Type }]) => Type === 'AWS::StepFunctions::StateMachine' && id.includes('Expiry')) ?? [];
  const { DefinitionString: joined } = machine!.Properties as unknown as {
    readonly DefinitionString: { readonly 'Fn::Join': [string, unknown[]] };
  };
  // What the template fills in later stands inside of texts.
  const text = joined['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'arn')).join('');
  retriers = (JSON.parse(text) as { readonly States: { readonly EndDeposit: { readonly Retry: readonly Retrier[] } } }).States.EndDeposit
    .Retry;
});

const retrierOf = (error: string): Retrier | undefined =>
  retriers.find(({ ErrorEquals: errors }) => errors.includes(error) || errors.includes('States.ALL'));

describe('the end of a deposit', () => {
  it.each([
    'Lambda.TooManyRequestsException',
    'Lambda.ServiceException',
    'Lambda.SdkClientException',
    'Fault',
    'TooEarly',
    'States.Timeout',
  ])('is tried again after %s, at a moment of its own', (error) => {
    expect(retrierOf(error)).toMatchObject({ JitterStrategy: 'FULL', BackoffRate: 2 });
  });

  it('has more patience with Lambda than its room takes to grow by thousands', () => {
    // A thousand environments every ten seconds: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    const dueAtOnce = 5_000;
    expect(meanPatienceSeconds(retrierOf('Lambda.TooManyRequestsException'))).toBeGreaterThan((dueAtOnce / 1_000) * 10);
  });

  it('is left to the sweeper after two minutes of anything else', () => {
    const { IntervalSeconds, MaxAttempts, MaxDelaySeconds } = retrierOf('Fault')!;
    const longest = Array.from({ length: MaxAttempts }, (_, made) => Math.min(IntervalSeconds * 2 ** made, MaxDelaySeconds));
    expect(longest.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThanOrEqual(125);
  });
});

/** Full jitter waits half of what it may. */
function meanPatienceSeconds(retrier: Retrier | undefined): number {
  const { IntervalSeconds = 0, MaxAttempts = 0, MaxDelaySeconds = 0 } = retrier ?? {};
  let seconds = 0;
  for (let made = 0; made < MaxAttempts; made += 1) seconds += Math.min(IntervalSeconds * 2 ** made, MaxDelaySeconds) / 2;
  return seconds;
}
