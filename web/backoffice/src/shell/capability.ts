/**
 * What a capability brings to the desk. Each has one manifest; the shell makes routes, menu and dashboard of them, and asks each for its
 * records. Pages are loaded when they are opened.
 */
import type { SvgIconComponent } from '@mui/icons-material';
import type { ComponentType } from 'react';
import type { RaRecord } from 'react-admin';
import type { Permission } from '#shared/platform/permissions.ts';
import type { Api } from './api/client.ts';
import type { InLanguages } from './language.ts';
import type { FilterValues } from './list/filters.ts';

export interface Capability {
  readonly resources: readonly DeskResource[];
  readonly pages?: readonly DeskPage[];
  readonly menu: readonly MenuEntry[];
  readonly tiles?: readonly Tile[];
  /** What it adds to the pages of another capability's records. */
  readonly tabs?: readonly AddedTab[];
  /** What its faults are called, by their code. The shell has words for the kind of a fault that is not named here. */
  readonly faults?: InLanguages<Readonly<Record<string, string>>>;
}

/** Records of a kind, under `#/<name>` and `#/<name>/<id>/show`. */
export interface DeskResource {
  readonly name: string;
  readonly permission: Permission;
  readonly source: RecordSource;
  readonly list?: LoadPage;
  readonly show?: LoadPage;
}

export type LoadPage = () => Promise<ComponentType>;

/** Where a resource's records come from. */
export interface RecordSource {
  readonly list?: (api: Api, query: ListQuery) => Promise<RecordPage>;
  readonly one?: (api: Api, id: string, signal: AbortSignal | undefined) => Promise<RaRecord<string>>;
}

export interface ListQuery {
  readonly filter: FilterValues;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** For filters that mean "the last hour". */
  readonly nowMs: number;
}

export interface RecordPage {
  readonly records: readonly RaRecord<string>[];
  readonly nextCursor: string | null;
  /** The API stopped searching before the page was full. */
  readonly partial?: boolean;
}

/** A page that shows no records of a resource. */
export interface DeskPage {
  readonly path: string;
  readonly page: LoadPage;
  /** `anybody`: shown without the desk around it, before anybody has signed in. */
  readonly permission: Permission | 'anybody';
}

/** A tab of a record's page, of whichever capability the record is. */
export interface AddedTab {
  /** Name of the resource. */
  readonly resource: string;
  /** In the address. */
  readonly name: string;
  readonly label: InLanguages<string>;
  readonly permission: Permission;
  readonly load: () => Promise<ComponentType<{ readonly id: string }>>;
}

export interface MenuEntry {
  readonly path: string;
  /** Other pages of the same section. */
  readonly alsoAt?: readonly string[];
  readonly label: InLanguages<string>;
  readonly icon: SvgIconComponent;
  readonly permission: Permission;
}

/** A figure on the dashboard that opens the list it was counted from. */
export interface Tile {
  readonly name: string;
  readonly label: InLanguages<string>;
  readonly permission: Permission;
  /** Address of the list. */
  readonly path: (nowMs: number) => string;
  readonly count: (api: Api, nowMs: number) => Promise<Count>;
}

interface Count {
  readonly value: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
}
