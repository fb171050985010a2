import type { LogExport } from '#shared/logs/search/log-export.ts';
import type { ExportStore } from '#shared/logs/search/ports.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';

/** Exports in memory, with the promises of `ExportStore`. */
export function fakeExportStore(audit: AuditLog): ExportStore {
  const exports = new Map<string, LogExport>();
  return {
    async add(one, entry) {
      if (exports.has(one.id)) throw new Error(`There is an export ${one.id}.`);
      exports.set(one.id, structuredClone(one));
      await audit.append(entry);
    },
    get: async (exportId) => structuredClone(exports.get(exportId)),
    finish: async (one) => void exports.set(one.id, structuredClone(one)),
  };
}
