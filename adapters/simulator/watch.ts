/** Tells when a file under one of the folders has changed, also one that an editor replaces, or a folder that is gone for a while. */
import { watch } from 'chokidar';

/** An editor writes a file in several steps; they count as one change. */
const settledAfterMs = 150;

/** Calls back after every change, until the returned function is called. */
export function watchFolders(folders: readonly string[], changed: () => void): () => Promise<void> {
  let settling: NodeJS.Timeout | undefined;
  const watcher = watch([...folders], { ignoreInitial: true }).on('all', () => {
    clearTimeout(settling);
    settling = setTimeout(changed, settledAfterMs);
  });
  return () => {
    clearTimeout(settling);
    return watcher.close();
  };
}
