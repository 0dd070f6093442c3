import type { Address, PersonalData } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import type { EbayContact, EbayInstruction, EbayOrder } from '../schema.ts'

/** What eBay tells of the buyer and of the way to them. `reference` belongs to a hub of eBay's shipping programmes. */
export function personalOf(order: EbayOrder, instruction: EbayInstruction | undefined): PersonalData {
  const shipTo = instruction?.shippingStep.shipTo
  const reference = instruction?.ebaySupportedFulfillment ? instruction.shippingStep.shipToReferenceId : undefined
  const registered = order.buyer.buyerRegistrationAddress
  return {
    ...defined({ shipTo: shipTo && addressOf(shipTo, reference) }),
    buyer: defined({
      // May be an opaque user id; for buyers in the US it is one for sellers in some countries (read 2026-11-22).
      id: order.buyer.username,
      name: registered.fullName ?? shipTo?.fullName,
      email: shipTo?.email ?? registered.email,
    }),
    notes: defined({
      buyer: order.buyerCheckoutNotes,
      gift: order.lineItems.find((line) => line.giftDetails.message)?.giftDetails.message,
      seller: reference && `eBay shipping reference ${reference}`,
    }),
  }
}

/**
 * Where the parcel goes: for eBay's shipping programmes a hub, never the final destination, with the
 * reference that must stand right above its street. Source: ShippingStep.shipToReferenceId (read 2026-11-22).
 */
function addressOf(shipTo: EbayContact, reference: string | undefined): Address | undefined {
  const postal = shipTo.contactAddress
  if (!postal.countryCode) return undefined
  const street = [reference && `Reference #${reference}`, postal.addressLine1, postal.addressLine2].filter(Boolean)
  const [line1, line2, line3] = postal.addressLine1 ? street : []
  return {
    ...defined({
      name: shipTo.fullName,
      company: shipTo.companyName,
      phone: shipTo.primaryPhone.phoneNumber,
      email: shipTo.email,
      ...{ line1, line2, line3 },
      city: postal.city,
      district: postal.county,
      state: postal.stateOrProvince,
      postcode: postal.postalCode,
    }),
    country: postal.countryCode,
  }
}
