import type { FieldProblem, OutboundRequest } from '../../core/ports/wms-adapter.ts'
import { splitOverTwoLines, tidy } from './address-lines.ts'
import { checkTexts, itemFieldLimits, missing, notAllowed, orderFieldLimits, taxFieldLimits, tooLong } from './field-limits.ts'
import { checkOptions, type OptionFields, optionFields } from './map-options.ts'
import { phoneFields } from './phone.ts'

/** The body of order/create_order, as far as we fill it. */
export interface CreateOrderBody extends OptionFields {
  readonly reference_no: string
  readonly platform: string
  readonly shipping_method: string
  readonly warehouse_code: string
  readonly country_code: string
  readonly province: string
  readonly city: string
  readonly company?: string
  readonly address1: string
  readonly address2?: string
  readonly zipcode: string
  readonly name: string
  readonly last_name?: string
  readonly cell_phone?: string
  readonly phone?: string
  readonly email?: string
  readonly order_desc?: string
  /** 1 approves at once; 0 would leave a draft. */
  readonly verify: 1
  readonly items: readonly CreateOrderItem[]
  readonly vat_change_info?: Readonly<Record<string, string>>
}

export interface CreateOrderItem {
  readonly product_sku: string
  readonly quantity: number
  readonly transaction_id?: string
  readonly item_id?: string
  /** US dollars, at most two digits after the point. */
  readonly product_declared_value?: string
  readonly hs_code?: string
}

/**
 * Goodcang's words for our platforms. The documented list shows AMAZON and EBAY and is cut off before
 * Shopify and Wish could appear; OTHER is the documented default. Source: order/create_order (read 2026-11-24).
 */
const platformWords: Readonly<Record<string, string>> = { amazon: 'AMAZON', ebay: 'EBAY' }

/** Countries whose addresses are not complete without a state or province. */
const statesNeeded: ReadonlySet<string> = new Set(['AU', 'BR', 'CA', 'CN', 'IN', 'JP', 'MX', 'US'])

/** Our request → their request. Pure, and total: what does not fit is found by `checkOutbound`. */
export function buildCreateOrder(request: OutboundRequest): CreateOrderBody {
  const { shipTo } = request
  const platform = platformWords[request.platform] ?? 'OTHER'
  const address = addressLines(request) ?? { first: addressText(request), second: '' }
  const name = splitOverTwoLines([shipTo.name], orderFieldLimits.name.max) ?? { first: tidy(shipTo.name), second: '' }
  return {
    reference_no: request.reference,
    platform,
    shipping_method: request.serviceCode,
    warehouse_code: request.warehouseCode,
    country_code: shipTo.country,
    province: province(request),
    city: tidy(shipTo.city),
    ...some('company', tidy(shipTo.company)),
    address1: address.first,
    ...some('address2', address.second),
    zipcode: tidy(shipTo.postcode),
    name: name.first,
    ...some('last_name', name.second),
    ...(tidy(shipTo.phone) === '' ? {} : phoneFields(tidy(shipTo.phone), platform, orderFieldLimits.phone.max)),
    ...some('email', tidy(shipTo.email)),
    ...some('order_desc', (request.note ?? '').trim()),
    verify: 1,
    ...optionFields(request.options),
    items: request.lines.map((line) => buildItem(line, platform)),
    ...taxes(request),
  }
}

/** Everything that Goodcang would refuse or cut, found before anything is sent. Values are not repeated. */
export function checkOutbound(request: OutboundRequest): readonly FieldProblem[] {
  const body = buildCreateOrder(request)
  const { address1: _address1, address2: _address2, ...limits } = orderFieldLimits
  return [
    ...checkTexts(body, limits),
    ...checkAddress(request),
    ...(/^[A-Z]{2}$/.test(body.country_code) ? [] : [notAllowed('shipTo.country', 'must be a two-letter country code')]),
    ...(body.items.length === 0 ? [missing('lines')] : []),
    ...body.items.flatMap((item, index) => checkItem(item, index)),
    ...checkTexts(body.vat_change_info ?? {}, taxFieldLimits),
    ...checkOptions(request.options),
  ]
}

function checkAddress(request: OutboundRequest): FieldProblem[] {
  const text = addressText(request)
  if (text === '') return [missing('shipTo.line1')]
  const max = orderFieldLimits.address1.max
  if (addressLines(request)) return []
  return text.length > 2 * max ? [tooLong('shipTo.line1', text.length, 2 * max)] : [unbreakable(max)]
}

function unbreakable(max: number): FieldProblem {
  const message = `the address does not break into two lines of ${max} signs at a space, as Goodcang takes it; shorten or rearrange it`
  return { field: 'shipTo.line1', reason: 'too-long', message }
}

function checkItem(item: CreateOrderItem, index: number): FieldProblem[] {
  const within = `lines.${index}.`
  const hasQuantity = Number.isSafeInteger(item.quantity) && item.quantity > 0
  const hasHsCode = item.hs_code === undefined || /^\d{6,10}$/.test(item.hs_code)
  return [
    ...checkTexts(item, itemFieldLimits, within),
    ...(hasQuantity ? [] : [notAllowed(`${within}quantity`, 'must be a whole number above zero')]),
    ...(hasHsCode ? [] : [notAllowed(`${within}hsCode`, 'must have 6 to 10 digits for Goodcang')]),
  ]
}

function addressParts({ shipTo }: OutboundRequest): readonly (string | undefined)[] {
  // Goodcang takes no district, so it goes with the street where the carrier reads it.
  return [shipTo.line1, shipTo.line2, shipTo.line3, shipTo.district]
}

function addressText(request: OutboundRequest): string {
  return tidy(addressParts(request).join(' '))
}

function addressLines(request: OutboundRequest) {
  return splitOverTwoLines(addressParts(request), orderFieldLimits.address1.max)
}

/** Goodcang requires the field; where addresses have no state the city stands in for it, as its own users do. */
function province({ shipTo }: OutboundRequest): string {
  const state = tidy(shipTo.state)
  return state === '' && !statesNeeded.has(shipTo.country) ? tidy(shipTo.city) : state
}

/** The item ids are eBay's by documentation; ids of other platforms would only run into the length limit. */
function buildItem(line: OutboundRequest['lines'][number], platform: string): CreateOrderItem {
  const isEbay = platform === 'EBAY'
  return {
    product_sku: line.wmsSku,
    quantity: line.quantity,
    ...some('transaction_id', isEbay ? line.channelTransactionId : undefined),
    ...some('item_id', isEbay ? line.channelItemId : undefined),
    ...some('product_declared_value', declaredDollars(line.declaredValue)),
    ...some('hs_code', line.hsCode?.replace(/[\s.]/g, '')),
  }
}

/** The field is in US dollars from 0.01 on; without a value in dollars the product's own declaration holds. */
function declaredDollars(value: OutboundRequest['lines'][number]['declaredValue']): string | undefined {
  return value?.currency === 'USD' && /[1-9]/.test(value.amount) ? value.amount : undefined
}

/**
 * Tax ids on an order are the recipient's or the platform's; the seller's own are registered with the warehouse. There
 * is no field for a VOEC number, which stands where customs look for the number under which the tax was paid.
 */
function taxes({ taxIds }: OutboundRequest): Pick<CreateOrderBody, 'vat_change_info'> {
  const info = {
    ...some('ioss_number', taxIds.ioss),
    ...some('pid_number', taxIds.identityNumber),
    ...some('recipient_vat', taxIds.vat ?? taxIds.voec),
    ...some('recipient_eori', taxIds.eori),
  }
  return Object.keys(info).length === 0 ? {} : { vat_change_info: info }
}

function some<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { readonly [P in K]: string })
}
