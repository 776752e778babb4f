// Keeps approved changes of the directory for the data editor: the whole file and its patch, under the data folder.
// Applying one is the editor's work: nothing here touches the running directory.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectoryChange } from './proposal.ts';

/** `<DATA_DIR>/directory-changes`. */
export function changesFolder(dataDir: string): string {
  return join(dataDir, 'directory-changes');
}

/** Written over where it was written before. Throws where the folder cannot be written. */
export function keepChange(folder: string, name: string, { text, patch }: DirectoryChange): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, `${name}.yaml`), text, { mode: 0o600 });
  writeFileSync(join(folder, `${name}.patch`), patch, { mode: 0o600 });
}

/** The patch kept under that name, if any. */
export function keptPatch(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, `${name}.patch`), 'utf8');
  } catch {
    return undefined;
  }
}
