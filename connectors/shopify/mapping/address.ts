import type { Address } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import type { ShopifyOrder } from '../schema.ts'
import type { OrderWork } from './work.ts'

/** The destination of the fulfillment order counts; it can differ from the order's address after an edit. */
export function addressOf(order: ShopifyOrder, work: OrderWork): Address | undefined {
  const { destination } = work
  const address = order.shippingAddress
  if (!destination) return address && billedAs(order, address)
  const isSameRegion = address?.countryCodeV2 === destination.countryCode && address?.province === destination.province
  const name = [destination.firstName, destination.lastName].filter(Boolean).join(' ')
  return {
    ...defined({
      name: name || address?.name,
      company: destination.company,
      phone: destination.phone ?? address?.phone ?? order.phone,
      email: destination.email ?? order.email,
      line1: destination.address1,
      line2: destination.address2,
      city: destination.city,
      // A destination has the region's name only; the order's address has the code that carriers want.
      state: isSameRegion ? (address?.provinceCode ?? destination.province) : destination.province,
      postcode: destination.zip,
    }),
    country: destination.countryCode ?? '',
  }
}

function billedAs(order: ShopifyOrder, address: NonNullable<ShopifyOrder['shippingAddress']>): Address {
  return {
    ...defined({
      name: address.name,
      company: address.company,
      phone: address.phone ?? order.phone,
      email: order.email,
      line1: address.address1,
      line2: address.address2,
      city: address.city,
      state: address.provinceCode ?? address.province,
      postcode: address.zip,
    }),
    country: address.countryCodeV2 ?? '',
  }
}
