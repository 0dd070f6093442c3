import type { Address } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import type { WishOrder } from '../schema.ts'

export function addressOf(order: WishOrder): Address | undefined {
  const detail = order.full_address?.shipping_detail
  if (detail === undefined) return undefined
  const phone = detail.phone_number
  const prefix = phone?.country_code && /^\+?\d+$/.test(phone.country_code) ? `+${phone.country_code.replace('+', '')} ` : ''
  return {
    ...defined({
      name: detail.name,
      phone: phone?.number === undefined ? undefined : `${prefix}${phone.number}`,
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
