import type { Address } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import type { EbayInstruction } from '../schema.ts'

/**
 * Where the parcel goes: for eBay's shipping programmes a hub, never the final destination, with the
 * reference that must stand right above its street. Source: ShippingStep.shipToReferenceId (read 2026-11-22).
 */
export function addressOf(instruction: EbayInstruction | undefined): Address | undefined {
  const shipTo = instruction?.shippingStep?.shipTo
  const postal = shipTo?.contactAddress
  if (!shipTo || !postal?.countryCode) return undefined
  const reference = hubReference(instruction)
  const street = [reference && `Reference #${reference}`, postal.addressLine1, postal.addressLine2].filter(Boolean)
  const lines = postal.addressLine1 ? street : []
  return {
    ...defined({
      name: shipTo.fullName,
      company: shipTo.companyName,
      phone: shipTo.primaryPhone?.phoneNumber,
      email: shipTo.email,
      line1: lines[0],
      line2: lines[1],
      line3: lines[2],
      city: postal.city,
      district: postal.county,
      state: postal.stateOrProvince,
      postcode: postal.postalCode,
    }),
    country: postal.countryCode,
  }
}

export function hubReference(instruction: EbayInstruction | undefined): string | undefined {
  return instruction?.ebaySupportedFulfillment ? instruction.shippingStep?.shipToReferenceId : undefined
}
