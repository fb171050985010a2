/**
 * What staff note about a member.
 */
import * as z from 'zod';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import type { noteView } from '../routes/views.ts';
import { saidBy, type Decider, type StaffNames } from '../staff/decider.ts';
import type { MemberDirectory, MemberNote, NoteStore } from './ports.ts';
import { instant } from './present-member.ts';
import { requireMember } from './read-member.ts';

type NoteView = z.input<typeof noteView>;

interface ReadDeps {
  readonly members: MemberDirectory;
  readonly notes: NoteStore;
}

interface WriteDeps extends ReadDeps {
  readonly staff: StaffNames;
  readonly clock: Clock;
  readonly chance: Chance;
}

const cursors = cursorOf('member-notes', z.string().regex(/^not_[0-9a-z]{1,40}$/));

/** Newest first. */
export async function listNotes(
  { members, notes }: ReadDeps,
  { memberId, limit, cursor }: { readonly memberId: string; readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ notes: NoteView[]; nextCursor: string | null }> {
  const before = cursor === undefined ? undefined : cursors.decode(cursor);
  await requireMember(members, memberId);
  const found = await notes.newest(memberId, { before, limit: limit + 1 });
  const page = found.slice(0, limit);
  return { notes: page.map(presentNote), nextCursor: found.length > limit ? cursors.encode(page.at(-1)?.id ?? '') : null };
}

/** The audit record says that there is a note; its text stands in the note alone, which goes when the member does. */
export async function addNote(
  { members, notes, staff, clock, chance }: WriteDeps,
  { memberId, text, decider }: { readonly memberId: string; readonly text: string; readonly decider: Decider },
): Promise<NoteView> {
  await requireMember(members, memberId);
  const said = await saidBy(staff, decider);
  const id = prefixedId('not', { clock, chance });
  const note = { id, text, authorId: decider.staffId, authorName: said.actorName, createdAtMs: clock.now() };
  const stream = `member:${memberId}`;
  await notes.add(memberId, note, { ...said, stream, subject: stream, action: 'member.noted', after: { note: id } });
  return presentNote(note);
}

const presentNote = ({ createdAtMs, ...note }: MemberNote): NoteView => ({ ...note, createdAt: instant(createdAtMs) });
