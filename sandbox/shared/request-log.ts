import type { LedgerRequest } from '../../core/audit/ledger.ts'
import type { Instant } from '../../core/value/instant.ts'

/** What one account was asked, for the auditor: every request executed or refused, answer lost or not. */
export interface RequestLog {
  add(request: Omit<LedgerRequest, 'at'>): void
  entries(): readonly LedgerRequest[]
}

export function createRequestLog(now: () => Instant): RequestLog {
  const requests: LedgerRequest[] = []
  return {
    add: (request) => {
      requests.push({ at: now(), ...request })
    },
    entries: () => [...requests],
  }
}
