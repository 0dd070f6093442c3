import type { Address } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import type { WishOrder } from '../schema.ts'

export function addressOf(order: WishOrder): Address | undefined {
  const detail = order.full_address?.shipping_detail
  if (detail === undefined) return undefined
  const phone = detail.phone_number
  return {
    ...defined({
      name: detail.name,
      phone: phone?.number && withPrefix(phone.number, phone.country_code),
      line1: detail.street_address1,
      line2: detail.street_address2,
      line3: detail.street_address3,
      city: detail.city,
      district: detail.neighborhood ?? detail.region,
      state: detail.state,
      postcode: detail.zipcode,
    }),
    country: (detail.country_code ?? '').toUpperCase(),
  }
}

/** A number that begins with + or 00 has its prefix already. */
function withPrefix(number: string, countryCode = ''): string {
  const isWhole = /^\s*(\+|00)/.test(number)
  return isWhole || !/^\+?\d+$/.test(countryCode) ? number : `+${countryCode.replace('+', '')} ${number}`
}
