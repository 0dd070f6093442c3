import { describe } from 'vitest'
import { describeAccess } from './wms-adapter/access.ts'
import { describeChanges } from './wms-adapter/changes.ts'
import { describeCreate } from './wms-adapter/create.ts'
import { describeCancel, describeLookUp } from './wms-adapter/look-up-and-cancel.ts'
import { describeOptions } from './wms-adapter/options.ts'
import { describeStock } from './wms-adapter/stock.ts'
import type { WmsAdapterHarness } from './wms-adapter/world.ts'

export type { WmsAdapterHarness } from './wms-adapter/world.ts'

/** The rules of the WmsAdapter port that every adapter keeps, shown against its simulated warehouse. */
export function describeWmsAdapterContract(name: string, harness: WmsAdapterHarness): void {
  describe(`the WMS adapter ${name}`, () => {
    describeAccess(harness)
    describeCreate(harness)
    describeOptions(harness)
    describeLookUp(harness)
    describeCancel(harness)
    describeChanges(harness)
    describeStock(harness)
  })
}
