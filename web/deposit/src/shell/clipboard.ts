/** Whether the text is in the clipboard now. Web views of some apps have no clipboard for pages, and no other way of old. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
