import type { Address } from '../../core/model/order.ts'
import { addMs } from '../../core/value/instant.ts'
import type { StoredOrder } from './state.ts'

type Document = Readonly<Record<string, unknown>>

/** E-mail addresses are shown for 14 days, names, streets and telephones for 90. Source: type ExtendedContact (read 2026-11-22). */
const emailDays = 14
const personDays = 90

const hub: Address = {
  line1: '1850 Airport Exchange Blvd',
  line2: 'Suite 200',
  city: 'Erlanger',
  state: 'KY',
  postcode: '41025',
  country: 'US',
}
const authenticator: Address = { line1: '4000 Authentication Way', city: 'Las Vegas', state: 'NV', postcode: '89119', country: 'US' }

/** How an order goes to its buyer: one entry of `fulfillmentStartInstructions`. */
export function shipToDocument(order: StoredOrder, ageDays: number): Document {
  const estimates = {
    minEstimatedDeliveryDate: addMs(order.createdAt, 3 * 86_400_000),
    maxEstimatedDeliveryDate: addMs(order.createdAt, 7 * 86_400_000),
  }
  switch (order.placed.kind) {
    case 'digital':
      return { fulfillmentInstructionsType: 'DIGITAL' }
    case 'pickup':
      return { fulfillmentInstructionsType: 'PREPARE_FOR_PICKUP', pickupStep: { merchantLocationKey: 'store-1' } }
    case 'platform-fulfilled':
      return { fulfillmentInstructionsType: 'FULFILLED_BY_EBAY', ...estimates, shippingStep: { shippingServiceCode: service(order) } }
    case 'hub-forwarded':
      return { ...throughHub(order, hub, ageDays), ...estimates }
    case 'programme':
      return { ...throughHub(order, authenticator, ageDays), ...estimates }
    default: {
      const shipTo = contact(order, order.placed.shipTo, ageDays)
      return { fulfillmentInstructionsType: 'SHIP_TO', ...estimates, shippingStep: { shippingServiceCode: service(order), shipTo } }
    }
  }
}

/** The seller sends to a station of eBay's; where the parcel ends is shown and not to be used. */
function throughHub(order: StoredOrder, station: Address, ageDays: number): Document {
  const shipTo = { ...contact(order, station, ageDays), companyName: 'eBay shipping partner' }
  return {
    fulfillmentInstructionsType: 'SHIP_TO',
    ebaySupportedFulfillment: true,
    finalDestinationAddress: postal(order.placed.shipTo, ageDays),
    shippingStep: { shippingServiceCode: service(order), shipToReferenceId: `98765432${order.legacyNumber.padStart(8, '0')}`, shipTo },
  }
}

function service(order: StoredOrder): string {
  return order.placed.shipTo.country === 'DE' ? 'DE_DHLPaket' : 'DE_PaketInternational'
}

function contact(order: StoredOrder, address: Address, ageDays: number): Document {
  const { name, company, phone, email } = order.placed.shipTo
  const isPersonShown = ageDays <= personDays
  const mail = email ?? order.placed.buyer.email
  return {
    ...(isPersonShown && name ? { fullName: name } : {}),
    ...(company ? { companyName: company } : {}),
    contactAddress: postal(address, ageDays),
    primaryPhone: isPersonShown && phone ? { phoneNumber: phone } : {},
    ...(ageDays <= emailDays && mail ? { email: mail } : {}),
  }
}

function postal(address: Address, ageDays: number): Document {
  const isStreetShown = ageDays <= personDays
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['addressLine1', isStreetShown ? address.line1 : undefined],
    ['addressLine2', isStreetShown ? address.line2 : undefined],
    ['city', address.city],
    ['county', address.district],
    ['stateOrProvince', address.state],
    ['postalCode', address.postcode],
    ['countryCode', address.country],
  ]
  return Object.fromEntries(entries.filter(([, text]) => text !== undefined && text !== ''))
}
