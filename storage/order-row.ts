import { destinationOf, likenessOf } from '../core/model/likeness.ts'
import type { Order, OrderEdits, OrderLine, PersonalData, Platform, TaxIds } from '../core/model/order.ts'
import type { Instant } from '../core/value/instant.ts'
import type { Cipher, Place } from './encryption.ts'
import { fromJson, present, toJson } from './json.ts'

/** An order in the database. A value stands either in a column or in the document, never in both. */
export interface OrderRow {
  readonly order_no: string
  readonly client_id: string
  readonly shop: string
  readonly platform: string
  readonly platform_order_id: string
  readonly state: string
  readonly purchased_at: string
  readonly updated_at: string
  readonly ship_by: string | null
  readonly plan_due_at: string | null
  /** Why a rule leaves the order out. */
  readonly ruled_out: string | null
  /** Keyed hash of `likenessOf`. */
  readonly likeness: string | null
  /** Keyed hash of `destinationOf`; only while the order is open. */
  readonly destination: string | null
  readonly version: number
  readonly content_hash: string
  readonly changed_at: string
  readonly personal: Buffer
  readonly document: string
}

/** What is about a person, encrypted as one value. `customizations` goes by the position of the line. */
interface Sealed {
  readonly personal: PersonalData
  readonly taxIds: TaxIds
  readonly editedShipTo?: NonNullable<OrderEdits['shipTo']>
  readonly customizations?: Readonly<Record<string, string>>
}

type Document = Omit<
  Order,
  | 'orderNo'
  | 'clientId'
  | 'shop'
  | 'platform'
  | 'platformOrderId'
  | 'state'
  | 'purchasedAt'
  | 'updatedAt'
  | 'shipBy'
  | 'planDueAt'
  | 'version'
  | 'contentHash'
  | 'changedAt'
  | 'personal'
  | 'taxIds'
>

export function orderToRow(order: Order, cipher: Cipher): OrderRow {
  const { orderNo, clientId, shop, platform, platformOrderId, state, purchasedAt, updatedAt, ...afterColumns } = order
  const { shipBy, planDueAt, version, contentHash, changedAt, personal, taxIds, ...content } = afterColumns
  const { shipTo: editedShipTo, ...edits } = content.edits
  const { ignoredReason: ruledOut, ...ruled } = content.ruled ?? {}
  const sealed = present({ personal, taxIds, editedShipTo, customizations: customizationsOf(content.lines) })
  return {
    order_no: orderNo,
    client_id: clientId,
    shop,
    platform,
    platform_order_id: platformOrderId,
    state,
    purchased_at: purchasedAt,
    updated_at: updatedAt,
    ship_by: shipBy ?? null,
    plan_due_at: planDueAt ?? null,
    ruled_out: ruledOut ?? null,
    likeness: likenessColumn(order, cipher),
    destination: state === 'open' ? destinationColumn(order, cipher) : null,
    version,
    content_hash: contentHash,
    changed_at: changedAt,
    personal: cipher.seal(personalOf(orderNo), sealed),
    document: toJson({
      ...content,
      edits,
      ...present({ ruled: unlessEmpty(ruled) }),
      lines: content.lines.map(withoutCustomization),
    } satisfies Document),
  }
}

export function orderFromRow(row: OrderRow, cipher: Cipher): Order {
  const sealed = cipher.open(personalOf(row.order_no), row.personal) as Sealed
  const document = fromJson(row.document) as Document
  return {
    ...document,
    orderNo: row.order_no,
    clientId: row.client_id,
    shop: row.shop,
    platform: row.platform as Platform,
    platformOrderId: row.platform_order_id,
    state: row.state as Order['state'],
    purchasedAt: row.purchased_at as Instant,
    updatedAt: row.updated_at as Instant,
    ...present({ shipBy: row.ship_by as Instant | null, planDueAt: row.plan_due_at as Instant | null }),
    version: row.version,
    contentHash: row.content_hash,
    changedAt: row.changed_at as Instant,
    personal: sealed.personal,
    taxIds: sealed.taxIds,
    ...present({ ruled: unlessEmpty({ ...document.ruled, ...present({ ignoredReason: row.ruled_out }) }) }),
    edits: { ...document.edits, ...present({ shipTo: sealed.editedShipTo }) },
    lines: document.lines.map((line, index) => ({ ...line, ...present({ customization: sealed.customizations?.[index] }) })),
  }
}

/** Equal for orders alike; null when it cannot be told. */
export function likenessColumn(order: Order, cipher: Cipher): string | null {
  const likeness = likenessOf(order)
  return likeness === undefined ? null : cipher.fingerprint(likeness)
}

/** Equal for orders that may travel in one parcel; null when it cannot be told. */
export function destinationColumn(order: Order, cipher: Cipher): string | null {
  const destination = destinationOf(order)
  return destination === undefined ? null : cipher.fingerprint(destination)
}

function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value
}

function personalOf(orderNo: string): Place {
  return { table: 'orders', column: 'personal', rowKey: orderNo }
}

/** Undefined when no line has any. */
function customizationsOf(lines: readonly OrderLine[]): Readonly<Record<string, string>> | undefined {
  const entries = lines.flatMap((line, index) => (line.customization === undefined ? [] : [[String(index), line.customization]]))
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function withoutCustomization({ customization: _, ...line }: OrderLine): OrderLine {
  return line
}
