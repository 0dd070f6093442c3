import type { Catalog } from '../model/catalog.ts'
import type { Hold } from '../model/hold.ts'
import type { Order } from '../model/order.ts'
import { mappingSubject } from './resolve-line.ts'
import { type MappingSuggestion, suggestMappings } from './suggest.ts'

/** What the listing that an `unmapped-sku` hold waits for may stand for; nothing for other holds. */
export function suggestionsFor(
  order: Pick<Order, 'lines' | 'platform' | 'shop'>,
  hold: Pick<Hold, 'reason' | 'subject'>,
  catalog: Pick<Catalog, 'products' | 'bundles' | 'mappings'>,
): readonly MappingSuggestion[] {
  if (hold.reason !== 'unmapped-sku') return []
  const line = order.lines.find((each) => each.resolved.length === 0 && mappingSubject(each) === hold.subject)
  return line ? suggestMappings(line, order, catalog) : []
}
