import type { Storage } from '../ports/storage.ts'
import { type CatalogIndex, indexCatalog } from './catalog-index.ts'

/** Of each storage the index of the last revision: it is large, and many passes see the same one. */
const indexes = new WeakMap<Storage, CatalogIndex>()

/** The catalog as it is stored, ready for look-ups; loaded again only when an import has raised its revision. */
export async function currentCatalog(storage: Storage): Promise<CatalogIndex> {
  const before = indexes.get(storage)
  const revision = await storage.read((stores) => stores.catalog.revision())
  if (before?.revision === revision) return before
  // Rows that are imported while this reads belong to a later revision, which the next pass loads.
  const index = indexCatalog(await storage.read((stores) => stores.catalog.load()))
  indexes.set(storage, index)
  return index
}
