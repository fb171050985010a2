interface Download {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly text: string;
}

/** Hands a text to the browser as a file to keep. */
export function download({ name, type, text }: Download): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
