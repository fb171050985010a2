const star = '*';

/**
 * Whether `text` matches an IAM pattern: `*` stands for any characters, none included, `?` for exactly one.
 * Two pointers instead of a regular expression: no compile, no cache, and no pattern of a template can make it back-track exponentially.
 */
export function globMatches(pattern: string, text: string): boolean {
  if (pattern === star || pattern === text) return true;
  let inPattern = 0;
  let inText = 0;
  let lastStar = -1;
  let textAtStar = 0;
  while (inText < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === star) {
      lastStar = inPattern++;
      textAtStar = inText;
    } else if (wanted === '?' || wanted === text[inText]) {
      inPattern++;
      inText++;
    } else if (lastStar >= 0) {
      inPattern = lastStar + 1;
      inText = ++textAtStar;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === star) inPattern++;
  return inPattern === pattern.length;
}

const arnSegments = 6;

/**
 * The same for ARNs: a wildcard stays within its segment, except in the last one, and missing segments count as `*`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
 */
export function arnMatches(pattern: string, arn: string): boolean {
  if (pattern === star || pattern === arn) return true;
  if (!pattern.startsWith('arn:') || !arn.startsWith('arn:')) return globMatches(pattern, arn);
  const wanted = segments(pattern);
  const given = segments(arn);
  return given.every((segment, index) => globMatches(wanted[index] ?? star, segment));
}

function segments(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= arnSegments ? parts : [...parts.slice(0, arnSegments - 1), parts.slice(arnSegments - 1).join(':')];
}
