import BugReport from '@mui/icons-material/BugReportOutlined';
import Category from '@mui/icons-material/CategoryOutlined';
import FolderOpen from '@mui/icons-material/FolderOpen';
import Insights from '@mui/icons-material/InsightsOutlined';
import NotificationsNone from '@mui/icons-material/NotificationsNone';
import { answer } from '../shell/api/client.ts';
import type { Capability } from '../shell/capability.ts';
import { writeAddress } from '../shell/list/filters.ts';
import { ruleSource } from './alerts/rule-source.ts';
import { errorSource, fileSource } from './log-source.ts';
import { logFaults } from './faults.ts';
import { isOpen } from './file-state.ts';
import { patternSource } from './patterns/pattern-source.ts';
import { windowStart } from './time-window.ts';

/** Figures are counted on one page of the API, and no further. */
const countedMax = 200;

/** What the Log Scanner found, and the files it found it in. */
export const logs: Capability = {
  resources: [
    {
      name: 'log-files',
      permission: 'logs:read',
      source: fileSource,
      list: async () => (await import('./file-list-page.tsx')).FileListPage,
      show: async () => (await import('./file-page.tsx')).FilePage,
    },
    {
      name: 'log-errors',
      permission: 'logs:read',
      source: errorSource,
      list: async () => (await import('./error-list-page.tsx')).ErrorListPage,
      show: async () => (await import('./error-page.tsx')).ErrorPage,
    },
    {
      name: 'log-patterns',
      permission: 'logs:read',
      source: patternSource,
      list: async () => (await import('./patterns/pattern-list-page.tsx')).PatternListPage,
      show: async () => (await import('./patterns/pattern-page.tsx')).PatternPage,
    },
    {
      name: 'log-alert-rules',
      permission: 'logs:read',
      source: ruleSource,
      list: async () => (await import('./alerts/rule-list-page.tsx')).RuleListPage,
    },
  ],
  pages: [
    {
      path: '/log-dashboard',
      permission: 'logs:read',
      page: async () => (await import('./dashboard/dashboard-page.tsx')).LogDashboardPage,
    },
  ],
  menu: [
    { path: '/log-dashboard', label: { id: 'Dasbor log', en: 'Log dashboard' }, icon: Insights, permission: 'logs:read' },
    { path: '/log-patterns', label: { id: 'Pola kesalahan', en: 'Error patterns' }, icon: Category, permission: 'logs:read' },
    { path: '/log-files', label: { id: 'Berkas log', en: 'Log files' }, icon: FolderOpen, permission: 'logs:read' },
    { path: '/log-errors', label: { id: 'Kesalahan', en: 'Errors' }, icon: BugReport, permission: 'logs:read' },
    { path: '/log-alert-rules', label: { id: 'Aturan peringatan', en: 'Alert rules' }, icon: NotificationsNone, permission: 'logs:read' },
  ],
  tiles: [
    {
      name: 'log-files-open',
      label: { id: 'Berkas sedang dipindai', en: 'Log files being scanned' },
      permission: 'logs:read',
      path: () => '/log-files',
      count: async (api) => {
        const { files, nextCursor } = await answer(api.GET('/api/admin/logs/files', { params: { query: { limit: countedMax } } }));
        // Files are listed newest first, so those in motion come first.
        return { value: files.filter(isOpen).length, isMore: nextCursor !== null && files.every(isOpen) };
      },
    },
    {
      name: 'log-errors-day',
      label: { id: 'Kesalahan 24 jam', en: 'Errors, 24 hours' },
      permission: 'logs:read',
      path: () => `/log-errors${writeAddress({ values: { window: '24h' } })}`,
      count: async (api, nowMs) => {
        const query = { from: windowStart('24h', nowMs), limit: countedMax };
        const { errors, nextCursor } = await answer(api.GET('/api/admin/logs/errors', { params: { query } }));
        return { value: errors.length, isMore: nextCursor !== null };
      },
    },
  ],
  faults: logFaults,
};
