/**
 * Summaries of ranges in DynamoDB: compressed, in as many pieces as the size of an item asks for.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { putAll, type Item } from '#shared/platform/dynamodb.ts';
import type { LogsTable } from '../dynamodb-file-store.ts';
import { expiryOf, summariesPartition, summaryKey } from '../dynamodb-keys.ts';
import { chunkOfRange } from '../file-layout.ts';
import type { SummaryStore } from './ports.ts';
import { RecordSummary } from './record-summary.ts';

/** An item of DynamoDB ends at 400 KB. */
const pieceBytesMax = 350_000;
/** Beyond this a summary is not what was written: a full sketch has 67 MB of text. */
const summaryBytesMax = 256 * 1024 * 1024;
const [compress, decompress] = [promisify(zstdCompress), promisify(zstdDecompress)];

export function dynamodbSummaryStore(table: LogsTable): SummaryStore {
  return {
    async put(file, range, summary) {
      const data = await compress(JSON.stringify(summary.toData()));
      const digest = digestOf(data);
      const pieces = Math.ceil(data.length / pieceBytesMax);
      const items = Array.from({ length: pieces }, (_, piece) => ({
        ...summaryKey(file.id, { chunk: chunkOfRange(range), range, piece }),
        ttl: expiryOf(file.id, table.retentionDays),
        digest,
        pieces,
        data: data.subarray(piece * pieceBytesMax, (piece + 1) * pieceBytesMax),
      }));
      await putAll(table, items);
    },
    async *ofChunk(fileId, chunk) {
      let pieces: Piece[] = [];
      for await (const piece of piecesOf(table, summariesPartition(fileId, chunk))) {
        if (pieces[0] !== undefined && pieces[0].range !== piece.range) {
          yield await joined(fileId, pieces);
          pieces = [];
        }
        pieces.push(piece);
      }
      if (pieces.length > 0) yield await joined(fileId, pieces);
    },
  };
}

const pieceItem = z.object({ sk: z.string(), digest: z.string(), pieces: z.int().positive(), data: z.instanceof(Uint8Array) });
type Piece = z.infer<typeof pieceItem> & { readonly range: number };

async function* piecesOf(table: LogsTable, pk: string): AsyncGenerator<Piece> {
  let startKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        ExclusiveStartKey: startKey,
      }),
    );
    for (const item of Items) {
      const piece = pieceItem.parse(item);
      yield { ...piece, range: Number(piece.sk.slice(0, piece.sk.indexOf('#'))) };
    }
    startKey = LastEvaluatedKey;
  } while (startKey !== undefined);
}

/** A range that is scanned again may be writing just now; whoever reads comes again when its result is there. */
async function joined(fileId: string, pieces: readonly Piece[]): Promise<{ range: number; summary: RecordSummary }> {
  const [first] = pieces;
  if (first === undefined) throw new Error('A summary has at least one piece.');
  const own = pieces.slice(0, first.pieces);
  const data = Buffer.concat(own.map((piece) => piece.data));
  if (digestOf(data) !== first.digest) throw new Error(`The summary of range ${first.range} of ${fileId} is being written`);
  const text = await decompress(data, { maxOutputLength: summaryBytesMax });
  return { range: first.range, summary: RecordSummary.fromData(JSON.parse(text.toString())) };
}

const digestOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('base64url');
