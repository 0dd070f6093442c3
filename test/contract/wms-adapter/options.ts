import { expect, test } from 'vitest'
import type { OptionCapabilities, OutboundOptions } from '../../../core/ports/wms-adapter.ts'
import { openWorld, outboundRequest, type WmsAdapterHarness } from './world.ts'

/** One request for each value that an adapter says it carries. */
function declared({ signature, insurance = [], ageCheck = [], packaging = [] }: OptionCapabilities): readonly OutboundOptions[] {
  return [
    ...(signature ? [{ signature }] : []),
    ...insurance.map((currency) => ({ insurance: { amount: '120', currency } })),
    ...ageCheck.map((age) => ({ ageCheck: age })),
    ...packaging.map((word) => ({ packaging: word })),
  ]
}

export function describeOptions(harness: WmsAdapterHarness): void {
  const all = declared(harness.definition.capabilities.options ?? {})

  test('passes every option on that it declares, and each makes another request', async () => {
    const world = openWorld(harness)
    const bodies: (string | undefined)[] = []

    for (const options of [undefined, ...all]) {
      const request = { ...outboundRequest(harness, bodies.length + 1), ...(options && { options }) }
      expect(world.adapter.checkOutbound(request)).toEqual([])
      expect(await world.adapter.createOutbound(request, world.call)).toMatchObject({ result: 'confirmed' })
      bodies.push(world.transport.sent.findLast(harness.isCreate)?.body?.replaceAll(request.reference, 'REFERENCE'))
    }

    expect(new Set(bodies).size).toBe(all.length + 1)
  })

  test.each<OutboundOptions>([{ insurance: { amount: '120', currency: 'XTS' } }, { ageCheck: 1 }, { packaging: 'no such packaging' }])(
    'finds a problem in an option that it does not declare: %j',
    (options) => {
      const { adapter } = openWorld(harness)

      expect(adapter.checkOutbound({ ...outboundRequest(harness), options })).toMatchObject([
        { field: expect.stringMatching(/^options\./) },
      ])
    },
  )
}
