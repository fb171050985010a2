/** How many requests may come at once, and how many more each second. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** API Gateway's own limit for an account and region (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). */
export const accountRate: Rate = { burst: 5_000, perSecond: 10_000 };

/** A token bucket, filled by the machine's time: it guards the machine, so the stack's clock does not move it. */
export function tokenBucket({ burst, perSecond }: Rate, nowMs: () => number = () => performance.now()): () => boolean {
  let tokens = burst;
  let filledAtMs = nowMs();
  return () => {
    const now = nowMs();
    tokens = Math.min(burst, tokens + ((now - filledAtMs) / 1000) * perSecond);
    filledAtMs = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** One bucket for each route, and one that all share. Answers whether a request may pass. */
export function throttle(rateOf: (routeKey: string) => Rate): (routeKey: string) => boolean {
  const account = tokenBucket(accountRate);
  const buckets = new Map<string, () => boolean>();
  return (routeKey) => {
    let bucket = buckets.get(routeKey);
    if (!bucket) buckets.set(routeKey, (bucket = tokenBucket(rateOf(routeKey))));
    return bucket() && account();
  };
}
