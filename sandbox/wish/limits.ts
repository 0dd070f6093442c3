import { type Instant, instantFromMs, instantToMs } from '../../core/value/instant.ts'
import type { World } from './state.ts'

export interface Counted {
  readonly isAllowed: boolean
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Calls are counted per merchant and app in windows. Wish publishes neither length nor number; both can be set.
 * Source: Wish Marketplace V3 API 3.0.65, "Rate-Limiting" (read 2026-11-22).
 */
export function createWindows(world: World): (scope: string) => Counted {
  const { callsPerWindow = 60, windowMs = 60_000, limits } = world.options
  const windows = new Map<string, { endsAtMs: number; calls: number }>()
  return (scope) => {
    const nowMs = instantToMs(world.now())
    let window = windows.get(scope)
    if (window === undefined || window.endsAtMs <= nowMs) {
      window = { endsAtMs: nowMs + windowMs, calls: 0 }
      windows.set(scope, window)
    }
    if (limits === 'open') return { isAllowed: true, headers: { 'Wish-Rate-Limit-Remaining': String(callsPerWindow) } }
    if (window.calls < callsPerWindow) {
      window.calls += 1
      return { isAllowed: true, headers: { 'Wish-Rate-Limit-Remaining': String(callsPerWindow - window.calls) } }
    }
    const reset = resetText(world, instantFromMs(window.endsAtMs))
    return { isAllowed: false, headers: { 'Wish-Rate-Limit-Remaining': '0', 'Wish-Rate-Limit-Reset': reset } }
  }
}

/** "The time the rate-limiter will reset": the form is not shown, so all likely ones can be switched on. */
function resetText(world: World, resetAt: Instant): string {
  if (world.is('reset-as-date')) return resetAt
  const ms = instantToMs(resetAt)
  return String(world.is('reset-in-milliseconds') ? ms : Math.ceil(ms / 1_000))
}
