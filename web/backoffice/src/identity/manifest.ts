import Badge from '@mui/icons-material/BadgeOutlined';
import People from '@mui/icons-material/PeopleOutlined';
import { answer } from '../shell/api/client.ts';
import type { Capability } from '../shell/capability.ts';
import { writeAddress } from '../shell/list/filters.ts';
import { identityFaults } from './faults.ts';
import { memberSource } from './members/member-source.ts';
import { invitationSource, staffSource } from './staff/staff-source.ts';

/** More than a page are waiting: a figure that is counted no further. */
const countedMax = 200;

/** Who signs in: members, staff, and oneself. */
export const identity: Capability = {
  resources: [
    {
      name: 'members',
      permission: 'members:read',
      source: memberSource,
      list: async () => (await import('./members/member-list-page.tsx')).MemberListPage,
      show: async () => (await import('./members/member-page.tsx')).MemberPage,
    },
    {
      name: 'staff',
      permission: 'staff:read',
      source: staffSource,
      list: async () => (await import('./staff/staff-list-page.tsx')).StaffListPage,
      show: async () => (await import('./staff/staff-page.tsx')).StaffPage,
    },
    {
      name: 'invitations',
      permission: 'staff:read',
      source: invitationSource,
      list: async () => (await import('./staff/invitation-list-page.tsx')).InvitationListPage,
    },
  ],
  pages: [
    { path: '/profile', permission: 'desk:use', page: async () => (await import('./account/profile-page.tsx')).ProfilePage },
    { path: '/forgot', permission: 'anybody', page: async () => (await import('./account/forgot-page.tsx')).ForgotPage },
    { path: '/reset', permission: 'anybody', page: async () => (await import('./account/reset-page.tsx')).ResetPage },
    { path: '/enrol', permission: 'anybody', page: async () => (await import('./account/enrol-page.tsx')).EnrolPage },
    { path: '/accept', permission: 'anybody', page: async () => (await import('./account/accept-page.tsx')).AcceptPage },
  ],
  menu: [
    { path: '/members', label: { id: 'Anggota', en: 'Members' }, icon: People, permission: 'members:read' },
    { path: '/staff', label: { id: 'Staf', en: 'Staff' }, icon: Badge, permission: 'staff:read' },
  ],
  tiles: [
    {
      name: 'kyc-waiting',
      label: { id: 'Anggota menunggu KYC', en: 'Members waiting for KYC' },
      permission: 'kyc:decide',
      path: () => `/members${writeAddress({ values: { kyc: 'submitted' } })}`,
      count: async (api) => {
        const query = { kyc: 'submitted', limit: countedMax } as const;
        const { members, nextCursor } = await answer(api.GET('/api/admin/members', { params: { query } }));
        return { value: members.length, isMore: nextCursor !== null };
      },
    },
  ],
  faults: identityFaults,
};
