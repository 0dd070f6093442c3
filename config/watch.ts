import { watch } from 'chokidar'
import { SyncError } from '../core/errors.ts'

/**
 * Calls `onChange` after a YAML file of the folder, or of its `shops/`, was saved, added or removed. A save is reported
 * once it has been complete for a moment, and several at once as one. Resolves when the watching has begun; the signal
 * ends it. Throws `config` when the system refuses to watch. What to do with the new files is the caller's decision:
 * load them, and keep the old configuration when they have problems.
 */
export async function watchConfig(folder: string, onChange: () => void, signal: AbortSignal): Promise<void> {
  const watcher = watch(folder, {
    depth: 1,
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: 200, pollInterval: 50 },
    ignored: (name, stats) => stats?.isFile() === true && !/\.ya?ml$/.test(name),
  })
  let pending: NodeJS.Timeout | undefined
  const report = (): void => {
    clearTimeout(pending)
    pending = setTimeout(onChange, 100)
  }
  // After an error a change may have been missed; reading once more does no harm.
  watcher.on('add', report).on('change', report).on('unlink', report).on('error', report)
  const stop = (): void => {
    clearTimeout(pending)
    // A watcher that fails to close holds nothing that the end of the process does not free.
    void watcher.close()
  }
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) return stop()
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve)
    watcher.once('error', (cause) => {
      stop()
      reject(
        new SyncError('config', `the folder ${folder} cannot be watched; changes need a restart`, { code: 'config-not-watched', cause }),
      )
    })
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
