/** What this page keeps on the device: a few short texts. */
export interface Shelf {
  read(name: string): string | undefined;
  write(name: string, text: string): void;
  remove(name: string): void;
}

/** On the browser's storage, or in memory where there is none: the web views of some apps switch it off, and its getter then throws or answers null. */
export function shelfOn(storageOf: () => Storage | null): Shelf {
  const storage = tryToOpen(storageOf);
  if (storage === undefined) return shelfInMemory();
  return {
    read: (name) => storage.getItem(name) ?? undefined,
    write: (name, text) => storage.setItem(name, text),
    remove: (name) => storage.removeItem(name),
  };
}

function tryToOpen(storageOf: () => Storage | null): Storage | undefined {
  try {
    const storage = storageOf();
    storage?.setItem('xm.trial', '');
    storage?.removeItem('xm.trial');
    return storage ?? undefined;
  } catch {
    return undefined;
  }
}

function shelfInMemory(): Shelf {
  const texts = new Map<string, string>();
  return {
    read: (name) => texts.get(name),
    write: (name, text) => void texts.set(name, text),
    remove: (name) => void texts.delete(name),
  };
}
