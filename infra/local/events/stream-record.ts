/** Changes of a table as its stream gives them, and as Lambda hands them to a function. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

type Image = Readonly<Record<string, unknown>>;

/** As GetRecords answers it. */
export interface EngineRecord {
  readonly eventName: string;
  readonly dynamodb: {
    readonly Keys: Image;
    readonly NewImage?: Image;
    readonly OldImage?: Image;
    readonly SequenceNumber: string;
    /** Seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
  };
}

export interface StreamRecord extends EngineRecord {
  readonly eventSource: 'aws:dynamodb';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

export function streamRecord(record: EngineRecord, { arn, region }: { readonly arn: string; readonly region: string }): StreamRecord {
  return { ...record, eventSource: 'aws:dynamodb', awsRegion: region, eventSourceARN: arn };
}

export function sequenceOf({ dynamodb }: EngineRecord): string {
  return dynamodb.SequenceNumber;
}

/** A put that changed nothing: DynamoDB writes no record for it, the engine does. Only seen when the stream carries both images. */
export function changesNothing({ eventName, dynamodb: { NewImage, OldImage } }: EngineRecord): boolean {
  return eventName === 'MODIFY' && NewImage !== undefined && OldImage !== undefined && isDeepStrictEqual(NewImage, OldImage);
}

/** Which of the lanes takes an item's changes: always the same, so that they stay in order. */
export function laneOf({ dynamodb: { Keys } }: EngineRecord, lanes: number): number {
  if (lanes === 1) return 0;
  const key = JSON.stringify(Object.entries(Keys).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(key).digest().readUInt32BE() % lanes;
}
