/** The built sites that can be published. */
export interface Sites {
  /** Paths of a site's files, relative, with forward slashes. Throws for a site that was not built. */
  list(site: string): Promise<string[]>;
  read(site: string, path: string): Promise<Uint8Array>;
}

/** Where published files are served from. */
export interface SiteBuckets {
  put(bucket: string, file: { readonly key: string; readonly body: Uint8Array; readonly contentType: string }): Promise<void>;
}
