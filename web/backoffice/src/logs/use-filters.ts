import { useLocation, useNavigate } from 'react-admin';
import { type Filters, type FilterValues, hasFilters, readAddress, writeAddress } from '../shell/list/filters.ts';

export interface AddressFilters<Of extends Filters> {
  readonly values: FilterValues<Of>;
  readonly isFiltered: boolean;
  /** Changes some and leaves the others. */
  readonly filterBy: (change: FilterValues<Of>) => void;
  readonly clear: () => void;
}

/** Filters in the address of a page that is no list of records. */
export function useFilters<const Of extends Filters>(filters: Of): AddressFilters<Of> {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const { values } = readAddress(filters, search);
  const show = (next: FilterValues<Of>): void => navigate({ pathname, search: writeAddress({ values: next }) }, { replace: true });
  return { values, isFiltered: hasFilters(values), filterBy: (change) => show({ ...values, ...change }), clear: () => show({}) };
}
