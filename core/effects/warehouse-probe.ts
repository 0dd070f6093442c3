import type { Effect } from '../model/effect.ts'
import type { OutboundRequest, OutboundSnapshot } from '../ports/wms-adapter.ts'
import { mayBeSamePostcode } from '../value/postcode.ts'
import type { ProbeFinding } from './transitions.ts'

/** Whether what the warehouse has under our reference is what we sent. */
export function findOutbound(request: OutboundRequest, found: OutboundSnapshot | undefined): ProbeFinding {
  if (!found) return { found: 'absent' }
  const differences = differencesBetween(request, found)
  if (differences.length > 0) return { found: 'different', message: `it differs in ${differences.join(', ')}` }
  return { found: 'equal', remoteId: found.wmsOrderNo }
}

/** A stop that a warehouse has taken on, or says it has carried out, and that no look shows after these is asked for again. */
const looksUntilAskedAgain = 5

/** Whether the warehouse has stopped an order that it was asked to stop. That it cannot be found proves nothing. */
export function isStopped(effect: Effect, found: OutboundSnapshot | undefined): ProbeFinding {
  if (!found) return { found: 'absent' }
  if (found.status === 'cancelled') return { found: 'equal', remoteId: found.wmsOrderNo }
  if (found.status === 'shipped' || found.status === 'partially-shipped') {
    return { found: 'failed', code: 'not-cancellable', message: `the warehouse had shipped it already (${found.wmsStatus})` }
  }
  const isAwaited = effect.state === 'accepted' && effect.probes < looksUntilAskedAgain
  return isAwaited ? { found: 'pending' } : { found: 'absent' }
}

function differencesBetween(request: OutboundRequest, found: OutboundSnapshot): readonly string[] {
  const differences: string[] = []
  if (units(request.lines) !== units(found.lines)) differences.push('products or quantities')
  if (found.destination && found.destination.country !== request.shipTo.country) differences.push('country')
  if (!mayBeSamePostcode(found.destination?.postcode, request.shipTo.postcode)) differences.push('postcode')
  return differences
}

function units(lines: readonly { readonly wmsSku: string; readonly quantity: number }[]): string {
  const sums = new Map<string, number>()
  for (const line of lines) sums.set(line.wmsSku, (sums.get(line.wmsSku) ?? 0) + line.quantity)
  return JSON.stringify([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
}
