/**
 * What a page of ours may load and run: nothing inline, nothing from elsewhere, no frame around it, and no string that becomes markup or code.
 */

/**
 * SHA-256 of nothing. The pages' components put their styles into style elements that are empty when they are added (CSSOM `insertRule`);
 * this allows those, and no inline style with any text in it.
 */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** `connectTo`: origins besides its own that a site's scripts talk to. */
export function contentSecurityPolicy(connectTo: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${emptyStyle}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
