import type { Address } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import type { ShopifyOrder } from '../schema.ts'
import type { OrderWork } from './work.ts'

/** The destination of the fulfillment order counts; it can differ from the order's address after an edit. */
export function addressOf(order: ShopifyOrder, { destination }: OrderWork): Address | undefined {
  const address = order.shippingAddress
  const shown = destination ?? address
  if (!shown) return undefined
  // A destination has the region's name only; the order's address has the code that carriers want.
  const isSameRegion = !destination || (address?.countryCodeV2 === destination.countryCode && address?.province === destination.province)
  const name = [destination?.firstName, destination?.lastName].filter(Boolean).join(' ')
  return {
    ...defined({
      // Orders of companies (B2B) may name nobody.
      name: name || address?.name || shown.company,
      company: shown.company,
      phone: shown.phone ?? address?.phone ?? order.phone,
      email: destination?.email ?? order.email,
      line1: shown.address1,
      line2: shown.address2,
      city: shown.city,
      state: (isSameRegion ? address?.provinceCode : undefined) ?? shown.province,
      postcode: shown.zip,
    }),
    country: (destination ? destination.countryCode : address?.countryCodeV2) ?? '',
  }
}
