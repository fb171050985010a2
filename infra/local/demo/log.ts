/**
 * The demo's log: one small file of a checkout service with errors in it, dropped into the bucket as an operator would.
 */
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { operator } from '../operator.ts';
import type { LocalStack } from '../stack.ts';

const key = 'demo/checkout.log';

/** Drops the demo into an empty bucket; a bucket that holds anything is left alone. */
export async function loadDemoLog(stack: LocalStack): Promise<void> {
  const client = new S3Client({ endpoint: stack.urls.s3, region: stack.model.region, credentials: operator, forcePathStyle: true });
  try {
    const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: stack.logBucket, MaxKeys: 1 }));
    if (KeyCount === 0) await client.send(new PutObjectCommand({ Bucket: stack.logBucket, Key: key, Body: demoLog(stack.now()) }));
  } finally {
    client.destroy();
  }
}

/** An hour of 600 lines that ends at `endMs` (milliseconds since the epoch), with a Java and a Python error every so often. */
export function demoLog(endMs: number): string {
  const stepMs = 6_000;
  const lines: string[] = [];
  for (let index = 0; index < 600; index += 1) {
    const time = new Date(endMs - (600 - index) * stepMs).toISOString();
    lines.push(...event(index, time));
  }
  return `${lines.join('\n')}\n`;
}

function event(index: number, time: string): string[] {
  const order = 880_000 + index * 7;
  if (index % 97 === 96) return gatewayTimeout(time, order);
  if (index % 151 === 150) return unknownVoucher(time, order);
  if (index % 40 === 39) return [`${time} WARN  [checkout] stock of item ${order % 311} is low: errors so far: 0`];
  if (index % 3 === 0) return [`${time} INFO  [checkout] order ${order} opened by member ${(order * 31) % 90_001}`];
  return [`${time} INFO  [checkout] order ${order} priced at Rp${((order * 37) % 900) + 50}.000 in ${order % 41} ms`];
}

function gatewayTimeout(time: string, order: number): string[] {
  return [
    `${time} ERROR [checkout] id.xm.payment.GatewayClient - charging order ${order} failed`,
    'java.net.SocketTimeoutException: Read timed out after 3000 ms',
    '\tat id.xm.payment.GatewayClient.charge(GatewayClient.java:118)',
    '\tat id.xm.checkout.Checkout.settle(Checkout.java:77)',
    'Caused by: java.io.IOException: Connection reset by peer',
    '\tat id.xm.net.Channel.read(Channel.java:204)',
    '\t... 2 more',
  ];
}

function unknownVoucher(time: string, order: number): string[] {
  return [
    `${time} ERROR [voucher] redeeming for order ${order} raised`,
    'Traceback (most recent call last):',
    '  File "/srv/voucher/redeem.py", line 52, in redeem',
    '    voucher = catalogue[code]',
    `KeyError: 'LEBARAN${order % 100}'`,
  ];
}
