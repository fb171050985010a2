/**
 * What is added up for the lines of a leaf, or for records with the same trace, besides their number. In any order and any cut it comes to the same.
 */
export interface Tally<Self> {
  merge(other: Self): void;
  /** Plain JSON. */
  toData(): unknown;
}
