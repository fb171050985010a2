import type { Filter } from '../shell/list/filters.ts';

/** Ids of members are digits. */
export const memberId: Filter = (text) => (/^\d{1,19}$/.test(text.trim()) ? text.trim() : undefined);
