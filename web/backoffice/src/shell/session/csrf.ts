const cookieName = '__Host-xm-csrf';

/** What routes that read the refresh cookie want repeated in `x-csrf-token`; undefined when nobody was signed in here. */
export function csrfToken(cookies: string): string | undefined {
  const found = cookies.split('; ').find((cookie) => cookie.startsWith(`${cookieName}=`));
  return found?.slice(cookieName.length + 1) || undefined;
}
