import { SyncError } from '../../core/errors.ts'
import type { PlatformHold } from '../../core/model/order.ts'
import { isCountry } from '../../core/value/country.ts'

/** Where a mapping writes down what it does not know, in the platform's words and free of personal data. */
export type Doubts = string[]

/** One hold `unknown-value` for all doubts, each said once: at most one is open per order and reason. */
export function holdOfDoubts(doubts: Doubts): readonly PlatformHold[] {
  return doubts.length === 0 ? [] : [{ reason: 'unknown-value', detail: [...new Set(doubts)].join('; ') }]
}

/** What cannot be read (SyncError `invalid-data`) becomes a doubt and undefined, instead of losing the record. */
export function readOrDoubt<T>(doubts: Doubts, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind !== 'invalid-data') throw error
    doubts.push(error.message)
    return undefined
  }
}

/** A country that is none in ISO 3166-1 is a doubt, never a default. */
export function checkCountry(country: string, doubts: Doubts): void {
  if (!isCountry(country)) doubts.push(`country "${country}"`)
}
