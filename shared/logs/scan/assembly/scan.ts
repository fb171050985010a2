// @ts-nocheck -- AssemblyScript: TypeScript's syntax with the types of WebAssembly. infra/build-scan-assembly.ts compiles it.

/*
 * What the scan's WebAssembly offers: the search for candidate lines, and the quick reader of the records they open.
 */
export { search, takesLowHalf } from './needle-search';
export { followRecord, readRecord } from './quick-record';
