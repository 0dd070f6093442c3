import { addMs, type Instant } from '../../core/value/instant.ts'

/** Makes reads answer what was true before a write, for a while (H20). */
export interface LaggedView<T> {
  /** Call before changing: a copy of the state that reads shall go on seeing. */
  keep(key: string, before: T, lagMs?: number): void
  /** What a read sees now: the kept state while its time runs, else the current one. */
  read(key: string, current: T): T
}

export function createLaggedView<T>(now: () => Instant): LaggedView<T> {
  const kept = new Map<string, { readonly before: T; readonly until: Instant }>()
  return {
    keep: (key, before, lagMs = 2_000) => {
      if (!kept.has(key)) kept.set(key, { before: structuredClone(before), until: addMs(now(), lagMs) })
    },
    read: (key, current) => {
      const entry = kept.get(key)
      if (!entry) return current
      if (now() < entry.until) return entry.before
      kept.delete(key)
      return current
    },
  }
}
