import History from '@mui/icons-material/HistoryEdu';
import type { Capability } from '../shell/capability.ts';
import { auditSource } from './audit-source.ts';

/** Who did what to whom, of all capabilities. */
export const audit: Capability = {
  resources: [
    {
      name: 'audit',
      permission: 'audit:read',
      source: auditSource,
      list: async () => (await import('./audit-list-page.tsx')).AuditListPage,
    },
  ],
  menu: [{ path: '/audit', label: { id: 'Jejak audit', en: 'Audit log' }, icon: History, permission: 'audit:read' }],
};
