import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { ExportFormat, LogExport } from './log-export.ts';

export interface ExportStore {
  /** Stores a new export with the record of who asked for it. */
  add(one: LogExport, audit: AuditEntry): Promise<void>;
  get(exportId: string): Promise<LogExport | undefined>;
  /** Stores the export's end. */
  finish(one: LogExport): Promise<void>;
}

export interface ExportQueue {
  /** Has the export made, at least once. */
  request(exportId: string): Promise<void>;
}

export interface ExportFiles {
  /** Begins the export's file; one that is begun again takes the place of the former when it is ended. */
  begin(file: ExportFile): Promise<ExportWriter>;
  /** An address to download it from, for `expiresInSeconds`. */
  downloadUrl(file: ExportFile, expiresInSeconds: number): Promise<string>;
}

export interface ExportFile {
  readonly id: string;
  readonly format: ExportFormat;
}

export interface ExportWriter {
  write(text: string): Promise<void>;
  end(): Promise<void>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}
