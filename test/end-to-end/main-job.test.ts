import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OrderDocument, orderDocument } from '../../core/model/document.ts'
import type { Effect } from '../../core/model/effect.ts'
import { type House, openHouse } from './harness.ts'
import { eventually, type Finished } from './processes.ts'
import { type PlatformName, platformNames, shopOf } from './sandboxes.ts'

interface Moment {
  readonly finished: Finished
  readonly documents: readonly OrderDocument[]
  readonly effects: readonly Effect[]
  /** Write calls that this run made. */
  readonly writes: readonly string[]
}

describe('npm run sync', () => {
  let house: House
  let placed: Readonly<Record<PlatformName, string>>
  let writesToReadBack: number
  const moments: Record<'pushed' | 'pushedAgain' | 'writtenBack' | 'readBack' | 'readAgain', Moment> = {} as never

  const sync = async (): Promise<Moment> => {
    const before = house.writes().length
    const finished = await house.run('sync')
    const writes = house.writes().slice(before)
    const dossiers = await house.dossiers()
    return {
      finished,
      documents: dossiers.map((dossier) => orderDocument(dossier, true)),
      effects: dossiers.flatMap((dossier) => dossier.effects),
      writes: writes.map((write) => write.operation),
    }
  }

  beforeAll(async () => {
    house = await openHouse()
    placed = Object.fromEntries(platformNames.map((platform) => [platform, house.place(platform)])) as typeof placed
    moments.pushed = await sync()
    moments.pushedAgain = await sync()
    house.advance()
    moments.writtenBack = await sync()
    const writesBefore = house.writes().length
    await eventually('every platform shows what was told it', async () => {
      moments.readBack = await sync()
      return moments.readBack.documents.every((document) => /SHIPPED|FULFILLED/i.test(document.platformStatus.replace('UNFULFILLED', '')))
    })
    writesToReadBack = house.writes().length - writesBefore
    moments.readAgain = await sync()
  })
  afterAll(() => house.close())

  const documentOf = (moment: Moment, platform: PlatformName): OrderDocument | undefined =>
    moment.documents.find((document) => document.platformOrderId === placed[platform])

  it.each(platformNames)('pushes an order of %s to the warehouse once', (platform) => {
    const document = documentOf(moments.pushed, platform)
    const references = document?.fulfillmentOrders.map((item) => item.reference) ?? []

    expect(document).toMatchObject({ state: 'in-fulfillment', holds: [], fulfillmentOrders: [{ status: 'processing' }] })
    expect(house.outbounds().filter((outbound) => references.includes(outbound.reference))).toHaveLength(1)
  })

  it.each(platformNames)('tells %s the tracking number of the warehouse and completes the order', (platform) => {
    const document = documentOf(moments.writtenBack, platform)
    const trackingNumber = document?.fulfillmentOrders[0]?.packages[0]?.trackingNumber

    expect(document).toMatchObject({ state: 'completed', holds: [], writebacks: [{ trackingNumber, state: 'confirmed' }] })
    expect(house.ledgerOrder(platform, placed[platform])).toMatchObject({
      status: 'shipped',
      shipments: [{ trackingNumber, throughApi: true }],
    })
  })

  it('says what was done and ends with 0', () => {
    const { pushed, writtenBack } = moments

    expect(pushed.finished).toMatchObject({ code: 0, stderr: '' })
    expect(pushed.finished.stdout).toMatch(/^poll .*new 4$/m)
    expect(pushed.finished.stdout).toMatch(/^push .*confirmed 4$/m)
    expect(writtenBack.finished.code).toBe(0)
    expect(writtenBack.finished.stdout).toMatch(/^track .*shipped 4$/m)
  })

  it('makes no write call and changes nothing when run again after the push', () => {
    expect(moments.pushed.writes).toHaveLength(4)
    expect(moments.pushedAgain.finished.code).toBe(0)
    expect(moments.pushedAgain.writes).toEqual([])
    expect(moments.pushedAgain.documents).toEqual(moments.pushed.documents)
  })

  it('makes no write call when the platforms show what was told them, and changes nothing afterwards', () => {
    expect(moments.writtenBack.writes).toHaveLength(4)
    expect(writesToReadBack).toBe(0)
    expect(moments.readAgain.writes).toEqual([])
    expect(moments.readAgain.documents).toEqual(moments.readBack.documents)
    expect(moments.readAgain.documents.map((document) => document.state)).toEqual(placedStates('completed'))
  })

  it('does not wait for the time at which a confirmed write-back is read back', () => {
    const ofEbay = moments.writtenBack.effects.find((effect) => effect.account === shopOf.ebay)

    expect(ofEbay).toMatchObject({ state: 'confirmed', nextAttemptAt: expect.any(String) })
    expect(ofEbay?.verifiedAt).toBeUndefined()
  })

  it('leaves nothing that the auditor finds', async () => {
    expect(await house.audit()).toEqual({ lost: 0, duplicates: 0, violations: [] })
  })
})

function placedStates(state: string): readonly string[] {
  return platformNames.map(() => state)
}
