/**
 * Corpora in DynamoDB: compressed, in as many pieces as the size of an item asks for, under a head that is written last and on a condition.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { deleteAll, getAll, putAll, type Item } from '#shared/platform/dynamodb.ts';
import type { LogsTable } from '../dynamodb-file-store.ts';
import { corpusKey, corpusPieceKey } from '../dynamodb-keys.ts';
import { Corpus } from './corpus.ts';
import type { CorpusStore } from './ports.ts';

/** An item of DynamoDB ends at 400 KB. */
const pieceBytesMax = 350_000;
/** Beyond this a corpus is not what was written: a full one has 67 MB of text. */
const corpusBytesMax = 256 * 1024 * 1024;
/** Pieces go when the next corpus is written: whoever was reading begins anew. */
const readsMax = 10;
const [compress, decompress] = [promisify(zstdCompress), promisify(zstdDecompress)];

const headItem = z.object({ revision: z.int().positive(), digest: z.string(), pieces: z.int().positive() });
type Head = z.infer<typeof headItem>;
const pieceItem = z.object({ sk: z.string(), data: z.instanceof(Uint8Array) });

export function dynamodbCorpusStore(table: LogsTable): CorpusStore {
  return {
    async read(algorithm) {
      for (let attempt = 1; attempt <= readsMax; attempt += 1) {
        const head = await headOf(table, algorithm);
        if (head === undefined) return undefined;
        const text = await textOf(table, algorithm, head);
        if (text !== undefined) return { revision: head.revision, data: Corpus.fromData(JSON.parse(text)).toData() };
      }
      throw new Error(`The corpus of version ${algorithm} was written again in each of ${readsMax} readings`);
    },
    async write(algorithm, { revision, data }) {
      const former = await headOf(table, algorithm);
      if ((former?.revision ?? 0) !== revision - 1) return false;
      const head = await putPieces(table, algorithm, { revision, text: JSON.stringify(data) });
      const isWritten = await putHead(table, algorithm, head);
      const gone = isWritten ? former : head;
      if (gone !== undefined && (isWritten || !(await isInUse(table, algorithm, head)))) await deleteAll(table, pieceKeys(algorithm, gone));
      return isWritten;
    },
  };
}

async function headOf(table: LogsTable, algorithm: number): Promise<Head | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: corpusKey(algorithm), ConsistentRead: true }));
  return Item && headItem.parse(Item);
}

/** Undefined where its pieces are gone. */
async function textOf(table: LogsTable, algorithm: number, head: Head): Promise<string | undefined> {
  const items = (await getAll(table, pieceKeys(algorithm, head), { consistent: true })).map((item) => pieceItem.parse(item));
  const data = Buffer.concat(items.toSorted((a, b) => (a.sk < b.sk ? -1 : 1)).map((piece) => piece.data));
  if (digestOf(data) !== head.digest) return undefined;
  return (await decompress(data, { maxOutputLength: corpusBytesMax })).toString();
}

async function putPieces(table: LogsTable, algorithm: number, { revision, text }: { revision: number; text: string }): Promise<Head> {
  const data = await compress(text);
  const head = { revision, digest: digestOf(data), pieces: Math.ceil(data.length / pieceBytesMax) };
  const items = pieceKeys(algorithm, head).map((key, piece) =>
    Object.assign(key, { data: data.subarray(piece * pieceBytesMax, (piece + 1) * pieceBytesMax) }),
  );
  await putAll(table, items);
  return head;
}

async function putHead(table: LogsTable, algorithm: number, head: Head): Promise<boolean> {
  const isFirst = head.revision === 1;
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...corpusKey(algorithm), ...head },
        ConditionExpression: isFirst ? 'attribute_not_exists(pk)' : 'revision = :before',
        ...(!isFirst && { ExpressionAttributeValues: { ':before': head.revision - 1 } }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Another worker has written the very same corpus. */
async function isInUse(table: LogsTable, algorithm: number, { revision, digest }: Head): Promise<boolean> {
  const head = await headOf(table, algorithm);
  return head?.revision === revision && head.digest === digest;
}

function pieceKeys(algorithm: number, { revision, digest, pieces }: Head): Item[] {
  return Array.from({ length: pieces }, (_, piece) => corpusPieceKey(algorithm, { revision, digest, piece }));
}

const digestOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('base64url');
