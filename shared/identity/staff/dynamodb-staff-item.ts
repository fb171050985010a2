import type { Item } from '#shared/platform/dynamodb.ts';
import { staffKey, staffListPartition } from '../dynamodb-identity-keys.ts';
import { staffRecordSchema, type StaffRecord } from './staff-record.ts';

/** A person of the staff as an item. */
export function staffItem(staff: StaffRecord): Item {
  return { ...staffKey(staff.id), ...staffRecordSchema.parse(staff), gsi1pk: staffListPartition, gsi1sk: staff.id };
}

export const staffOf = (item: Item | undefined): StaffRecord | undefined => item && staffRecordSchema.parse(item);
