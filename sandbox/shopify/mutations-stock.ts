import { type GraphQLResolveInfo, getDirectiveValues } from 'graphql'
import { badRequest } from './connection.ts'
import { gid, idOf } from './ids.ts'
import { schema } from './schema.graphql.ts'
import { type StockLevel, stockKey } from './state.ts'
import { requireScope, showTime, type View } from './view.ts'
import { inventoryItemView, locationView } from './view-stock.ts'

interface SetQuantitiesInput {
  readonly name: string
  readonly reason: string
  readonly referenceDocumentUri?: string | null
  readonly quantities: readonly {
    readonly inventoryItemId: string
    readonly locationId: string
    readonly quantity: number
    readonly changeFromQuantity?: number | null
  }[]
}

interface StockError {
  readonly field: readonly string[]
  readonly message: string
  readonly code: string
}

/** Source: https://shopify.dev/docs/apps/build/orders-fulfillment/inventory-management-apps (read 2026-11-22). */
const reasons = new Set(
  'correction cycle_count_available damaged movement_canceled movement_created movement_received movement_updated other promotion quality_control received reservation_created reservation_deleted reservation_updated restock safety_stock shrinkage'.split(
    ' ',
  ),
)

/** `inventorySetQuantities`: all of the list or nothing, once for each idempotency key. */
export function stockMutations(view: View) {
  return {
    inventorySetQuantities: ({ input }: { input: SetQuantitiesInput }, _context: unknown, info: GraphQLResolveInfo) => {
      requireScope(view, 'inventorySetQuantities', 'write_inventory')
      const key = idempotencyKey(info)
      // Source: changelog making-idempotency-mandatory; from 2026-04 on (read 2026-11-22).
      if (key === undefined && view.apiVersion >= '2026-04')
        throw badRequest('The @idempotent directive is required for this mutation but was not provided.')
      const variables = JSON.stringify(input)
      const earlier = key === undefined ? undefined : view.shop.idempotencyKeys.get(key)
      if (earlier) return earlier.variables === variables ? earlier.result : refused(mismatch)
      const result = setQuantities(input, view)
      if (key !== undefined) view.shop.idempotencyKeys.set(key, { variables, result })
      return result
    },
  }
}

const mismatch: StockError = {
  field: ['input'],
  message: 'The idempotency key was used before with other parameters.',
  code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
}

function setQuantities(input: SetQuantitiesInput, view: View) {
  if (input.quantities.length > 250) throw badRequest('The input array size of quantities exceeds the maximum allowed of 250.')
  const errors = checkHead(input)
  const levels = input.quantities.map((_entry, index) => findLevel(input, index, view, errors))
  if (errors.length > 0) return refused(...errors)
  const changes = input.quantities.map((entry, index) => {
    const level = levels[index]
    if (!level) throw new Error('a level was found for every quantity above')
    const delta = entry.quantity - current(level, input.name)
    level.available += delta
    level.updatedAt = view.now
    return showChange(level, delta, input.name, view)
  })
  const group = {
    __typename: 'InventoryAdjustmentGroup',
    id: gid('InventoryAdjustmentGroup', view.ids.next()),
    createdAt: showTime(view.now),
  }
  return {
    inventoryAdjustmentGroup: {
      ...group,
      reason: input.reason,
      referenceDocumentUri: input.referenceDocumentUri ?? null,
      changes: () => changes,
    },
    userErrors: [],
  }
}

function checkHead(input: SetQuantitiesInput): StockError[] {
  const errors: StockError[] = []
  if (input.name !== 'available' && input.name !== 'on_hand') {
    errors.push({ field: ['input', 'name'], message: 'The quantity name must be either available or on_hand.', code: 'INVALID_NAME' })
  }
  if (!reasons.has(input.reason))
    errors.push({ field: ['input', 'reason'], message: 'The specified reason is invalid.', code: 'INVALID_REASON' })
  const pairs = new Set(input.quantities.map((entry) => `${entry.inventoryItemId} ${entry.locationId}`))
  if (pairs.size < input.quantities.length) {
    errors.push({
      field: ['input', 'quantities'],
      message: 'The combination of inventoryItemId and locationId must be unique.',
      code: 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
    })
  }
  return errors
}

function findLevel(input: SetQuantitiesInput, index: number, view: View, errors: StockError[]): StockLevel | undefined {
  const entry = input.quantities[index]
  if (!entry) return undefined
  const fail = (field: string, message: string, code: string): undefined => {
    errors.push({ field: ['input', 'quantities', String(index), field], message, code })
  }
  const itemId = idOf('InventoryItem', entry.inventoryItemId)
  const locationId = idOf('Location', entry.locationId)
  if (!view.shop.locations.some(({ id }) => id === locationId)) {
    return fail('locationId', 'The specified location could not be found.', 'INVALID_LOCATION')
  }
  const level = view.shop.stock.get(stockKey(itemId ?? '', locationId ?? ''))
  if (!level) return fail('inventoryItemId', 'The specified inventory item could not be found.', 'INVALID_INVENTORY_ITEM')
  if (entry.quantity < 0) return fail('quantity', "The quantity can't be negative.", 'INVALID_QUANTITY_NEGATIVE')
  if (entry.quantity > 1_000_000_000) return fail('quantity', 'The quantity is too high.', 'INVALID_QUANTITY_TOO_HIGH')
  if (entry.changeFromQuantity === undefined) {
    return fail('changeFromQuantity', 'The changeFromQuantity argument is required; null skips the check.', 'COMPARE_QUANTITY_REQUIRED')
  }
  if (entry.changeFromQuantity !== null && entry.changeFromQuantity !== current(level, input.name)) {
    return fail(
      'changeFromQuantity',
      'The changeFromQuantity argument no longer matches the persisted quantity.',
      'CHANGE_FROM_QUANTITY_STALE',
    )
  }
  return level
}

function current(level: StockLevel, name: string): number {
  return name === 'on_hand' ? level.available + level.committed : level.available
}

function showChange(level: StockLevel, delta: number, name: string, view: View) {
  const variant = [...view.shop.variants.values()].find((candidate) => candidate.inventoryItemId === level.itemId)
  const location = view.shop.locations.find(({ id }) => id === level.locationId)
  return {
    name,
    delta,
    quantityAfterChange: current(level, name),
    ledgerDocumentUri: null,
    item: () => (variant ? inventoryItemView(variant, view) : null),
    location: () => (location ? locationView(location, view.shop, view) : null),
  }
}

function refused(...userErrors: readonly StockError[]) {
  return { inventoryAdjustmentGroup: null, userErrors }
}

function idempotencyKey(info: GraphQLResolveInfo): string | undefined {
  const directive = schema.getDirective('idempotent')
  const node = info.fieldNodes[0]
  if (!directive || !node) return undefined
  const values = getDirectiveValues(directive, node, info.variableValues)
  return values ? String(values['key']) : undefined
}
