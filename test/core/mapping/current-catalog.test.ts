import { expect, it, onTestFinished } from 'vitest'
import { currentCatalog } from '../../../core/mapping/current-catalog.ts'
import { asSku } from '../../../core/value/ids.ts'
import { openStorage } from '../../../storage/index.ts'

const memory = async () => {
  const storage = await openStorage({ url: 'sqlite::memory:', key: Buffer.alloc(32, 7) })
  onTestFinished(() => storage.close())
  return storage
}

it('the catalog is read once as long as nothing is imported, and anew after an import', async () => {
  const storage = await memory()
  const first = await currentCatalog(storage)

  expect(await currentCatalog(storage)).toBe(first)
  await storage.write((stores) => stores.catalog.saveProducts([{ sku: asSku('MUG'), name: 'Mug', cargoClass: 'general' }]))

  expect((await currentCatalog(storage)).knows(asSku('MUG'))).toBe(true)
})

it('every database has a catalog of its own', async () => {
  const [one, other] = [await memory(), await memory()]
  await one.write((stores) => stores.catalog.saveProducts([{ sku: asSku('MUG'), name: 'Mug', cargoClass: 'general' }]))

  expect((await currentCatalog(one)).knows(asSku('MUG'))).toBe(true)
  expect((await currentCatalog(other)).knows(asSku('MUG'))).toBe(false)
})
