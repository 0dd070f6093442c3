import { describe, expect, test } from 'vitest'
import { SyncError } from '../../core/errors.ts'
import type { FaultKind } from '../../sandbox/faults.ts'
import { account, type ConnectorContractHarness, type ContractWorld, contractWorld, minuteMs } from './connector-world.ts'

const throttled: readonly FaultKind[] = ['H1-429-seconds', 'H2-429-date', 'H3-429-bare']
/** Faults after which nobody can tell from the answer whether the write was executed. */
const unclear: readonly FaultKind[] = [
  'H5-5xx-before',
  'H5-5xx-after',
  'H6-timeout-before',
  'H6-timeout-after',
  'H7-reset-after',
  'H8-truncated-json',
  'H9-html-200',
]

/** Writing back: what the platform said and nothing more, and never twice. */
export function describeWriting(harness: ConnectorContractHarness): void {
  const shipments = (world: ContractWorld, id: string) =>
    (world.marketplace.ledger(account).orders.find((order) => order.platformOrderId === id)?.shipments ?? []).filter(
      (shipment) => shipment.throughApi,
    )
  const openOrder = async (world: ContractWorld) => {
    const id = world.place()
    world.advance(minuteMs)
    const order = (await world.readAll()).orders.get(id)
    if (!order) throw new Error('the order was not read')
    return order
  }
  const writeFault = (world: ContractWorld, kind: FaultKind) =>
    world.marketplace.faults.set([{ kind, operations: harness.operations.confirmShipment, times: 1 }])

  describe('writing back a shipment', () => {
    test('reports a package with its number and lines, and the platform lists it', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      const confirmation = world.confirmation(order)

      const outcome = await world.connector.confirmShipment(confirmation, world.call)

      expect(['confirmed', 'accepted']).toContain(outcome.result)
      const reported = shipments(world, order.platformOrderId)
      expect(reported.map((shipment) => shipment.trackingNumber)).toEqual([confirmation.trackingNumber])
      if (!harness.shipsWhole) expect(sorted(reported[0]?.lines)).toEqual(sorted(confirmation.lines))
    })

    test.skipIf(harness.shipsWhole)('reports two packages of one order, each with its own lines', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      const [first, second] = order.lines.map((line) => ({ platformLineId: line.platformLineId, quantity: 1 }))
      if (!first || !second) throw new Error('the order has two lines')

      const one = await world.connector.confirmShipment(world.confirmation(order, { lines: [first] }), world.call)
      const two = await world.connector.confirmShipment(
        world.confirmation(order, { lines: [second], packageOrdinal: 2, trackingNumber: '1Z999AA10123456795' }),
        world.call,
      )

      expect([one.result, two.result]).toEqual(['confirmed', 'confirmed'])
      expect(shipments(world, order.platformOrderId).map((shipment) => shipment.lines)).toEqual([[first], [second]])
    })

    test('shows the shipment when it reads back', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      await world.connector.confirmShipment(world.confirmation(order), world.call)
      world.advance(5 * minuteMs)

      const reported = await world.connector.readShipments(order.platformOrderId, world.call)
      const read = (await world.readAll()).orders.get(order.platformOrderId)

      expect(reported.map((shipment) => shipment.trackingNumber)).toEqual(['1Z999AA10123456784'])
      expect(read?.status).toBe('shipped')
      expect(read?.lines.every((line) => line.shippedQuantity === line.quantity)).toBe(true)
    })

    test('does not ship twice when the same package is reported again', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      const confirmation = world.confirmation(order, {
        lines: harness.shipsWhole
          ? world.confirmation(order).lines
          : order.lines.slice(0, 1).map((line) => ({ platformLineId: line.platformLineId, quantity: 1 })),
      })
      await world.connector.confirmShipment(confirmation, world.call)
      world.advance(5 * minuteMs)

      await world.connector.confirmShipment(confirmation, world.call)

      expect(shipments(world, order.platformOrderId)).toHaveLength(1)
    })

    test.each(unclear)('leaves the outcome unknown after %s', async (kind) => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      writeFault(world, kind)

      const outcome = await world.connector.confirmShipment(world.confirmation(order), world.call)

      expect(outcome.result).toBe('unknown')
    })

    test.each(throttled)('throws rate-limit after %s, for nothing was executed', async (kind) => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      writeFault(world, kind)

      await expect(world.connector.confirmShipment(world.confirmation(order), world.call)).rejects.toMatchObject({ kind: 'rate-limit' })

      expect(shipments(world, order.platformOrderId)).toEqual([])
    })

    test('never takes an answer that says 200 and means failure for a success', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      writeFault(world, 'H17-200-error-body')

      const outcome = await world.connector.confirmShipment(world.confirmation(order), world.call)

      expect(['unknown', 'rejected']).toContain(outcome.result)
    })

    test('says that nothing was sent when the platform cannot be reached', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      world.transport.tamper({
        answer: () => {
          throw new SyncError('transient', 'the platform could not be reached', { code: 'not-connected', notSent: true })
        },
      })

      await expect(world.connector.confirmShipment(world.confirmation(order), world.call)).rejects.toMatchObject({
        kind: 'transient',
        notSent: true,
      })
    })

    test('renews a token that ended before the write and then writes once', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      world.advance(2 * 24 * 60 * minuteMs)

      const outcome = await world.connector.confirmShipment(world.confirmation(order), world.call)

      expect(['confirmed', 'accepted']).toContain(outcome.result)
      expect(shipments(world, order.platformOrderId)).toHaveLength(1)
    })

    test('shows a shipment whose answer was lost, and a repeat does not ship twice', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      writeFault(world, 'H6-timeout-after')
      await world.connector.confirmShipment(world.confirmation(order), world.call)
      world.advance(5 * minuteMs)

      const reported = await world.connector.readShipments(order.platformOrderId, world.call)
      await world.connector.confirmShipment(world.confirmation(order), world.call)

      expect(reported.map((shipment) => shipment.trackingNumber)).toEqual(['1Z999AA10123456784'])
      expect(shipments(world, order.platformOrderId)).toHaveLength(1)
    })

    test('reports a refusal in words of its own when the order cannot be shipped', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      world.change(order.platformOrderId, { type: 'cancel' })
      world.advance(minuteMs)

      const outcome = await world.connector.confirmShipment(world.confirmation(order), world.call)

      expect(outcome).toMatchObject({ result: 'rejected', code: expect.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/) })
    })

    test('says which shop must be connected again when access is withdrawn', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      world.marketplace.revoke(account)

      await expect(world.connector.confirmShipment(world.confirmation(order), world.call)).rejects.toMatchObject({
        kind: 'auth',
        message: expect.stringContaining(world.shop.id),
      })
    })

    test('writes nothing once the signal has aborted', async () => {
      const world = contractWorld(harness)
      const order = await openOrder(world)
      world.call.abort(new Error('shutting down'))

      await expect(world.connector.confirmShipment(world.confirmation(order), world.call)).rejects.toBeDefined()

      expect(shipments(world, order.platformOrderId)).toEqual([])
    })
  })
}

function sorted(lines: readonly { readonly platformLineId: string; readonly quantity: number }[] | undefined): readonly unknown[] {
  return [...(lines ?? [])]
    .map(({ platformLineId, quantity }) => ({ platformLineId, quantity }))
    .sort((a, b) => a.platformLineId.localeCompare(b.platformLineId))
}
