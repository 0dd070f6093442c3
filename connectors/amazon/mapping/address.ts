import type { Address } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import { checkCountry, type Doubts } from '../../shared/doubts.ts'
import type { AmazonOrder } from '../schema.ts'

/** Undefined when Amazon withheld it: without its role an application sees city and country, but no street. */
export function addressOf({ recipient, buyer }: AmazonOrder, doubts: Doubts): Address | undefined {
  const address = recipient.deliveryAddress
  if (address === undefined) return undefined
  const { streetName, streetNumber, complement, neighborhood } = address.extendedFields
  if (!(address.addressLine1 || address.addressLine2 || address.addressLine3 || streetName)) return undefined
  const country = address.countryCode ?? ''
  checkCountry(country, doubts)
  return {
    ...defined({
      name: address.name,
      company: address.companyName ?? buyer.buyerCompanyName,
      phone: address.phone,
      email: buyer.buyerEmail,
      line1: address.addressLine1 ?? [streetName, streetNumber].filter(Boolean).join(', '),
      line2: address.addressLine2 ?? complement,
      line3: address.addressLine3,
      city: address.city ?? address.municipality,
      district: address.districtOrCounty ?? neighborhood,
      state: address.stateOrRegion,
      postcode: address.postalCode,
    }),
    country,
  }
}
