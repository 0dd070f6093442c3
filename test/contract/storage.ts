import { afterEach, beforeEach, describe } from 'vitest'
import type { OpenStorage } from '../../storage/index.ts'
import { describeFulfillmentRows } from './storage-fulfillment.ts'
import { describeCatalogStore, describeStockStore } from './storage-goods.ts'
import { describeHistoryRows } from './storage-history.ts'
import { describeHoldStore } from './storage-holds.ts'
import { describeOperationRows } from './storage-operation.ts'
import { describeOrderStore } from './storage-orders.ts'
import { describeTransactions } from './storage-transactions.ts'

/**
 * What every storage does, whatever the engine. `open` gives an empty storage for each test; each store
 * function is read back at least once, because no linter sees a forgotten await on a query.
 */
export function describeStorageContract(name: string, open: () => Promise<OpenStorage>): void {
  describe(`storage on ${name}`, () => {
    let opened: OpenStorage | undefined
    const storage = (): OpenStorage => {
      if (!opened) throw new Error('no storage is open')
      return opened
    }

    beforeEach(async () => {
      opened = await open()
    })

    afterEach(async () => {
      await opened?.close()
      opened = undefined
    })

    describeTransactions(storage)
    describeOrderStore(storage)
    describeHoldStore(storage)
    describeFulfillmentRows(storage)
    describeHistoryRows(storage)
    describeStockStore(storage)
    describeCatalogStore(storage)
    describeOperationRows(storage)
  })
}
