import type { Address } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import { checkCountry, type Doubts } from '../../shared/doubts.ts'
import type { AmazonAddress, AmazonOrder } from '../schema.ts'

/** Undefined when Amazon withheld it: without its role an application sees city and country, but no street. */
export function addressOf(order: AmazonOrder, doubts: Doubts): Address | undefined {
  const address = order.recipient?.deliveryAddress
  if (address === undefined || !hasStreet(address)) return undefined
  const country = address.countryCode ?? ''
  checkCountry(country, doubts)
  const extended = address.extendedFields
  const street = [extended?.streetName, extended?.streetNumber].filter(Boolean).join(', ')
  return {
    ...defined({
      name: address.name,
      company: address.companyName ?? order.buyer?.buyerCompanyName,
      phone: address.phone,
      email: order.buyer?.buyerEmail,
      line1: address.addressLine1 ?? (street === '' ? undefined : street),
      line2: address.addressLine2 ?? extended?.complement,
      line3: address.addressLine3,
      city: address.city ?? address.municipality,
      district: address.districtOrCounty ?? extended?.neighborhood,
      state: address.stateOrRegion,
      postcode: address.postalCode,
    }),
    country,
  }
}

function hasStreet(address: AmazonAddress): boolean {
  return Boolean(address.addressLine1 || address.addressLine2 || address.addressLine3 || address.extendedFields?.streetName)
}
