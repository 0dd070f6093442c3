import type { Address } from '../../core/model/order.ts'
import { gid } from './ids.ts'

const countryNames = new Intl.DisplayNames('en', { type: 'region' })

/** A MailingAddress. Our `line3` has no place of its own there and follows `line2`. */
export function mailingAddress(address: Address, id: string) {
  const parts = common(address)
  return {
    __typename: 'MailingAddress',
    id: `${gid('MailingAddress', id)}?model_name=Address`,
    ...parts,
    name: address.name ?? null,
    countryCode: address.country,
    countryCodeV2: address.country,
    provinceCode: address.state ?? null,
    country: countryNames.of(address.country) ?? address.country,
    coordinatesValidated: false,
    latitude: null,
    longitude: null,
    timeZone: null,
    formattedArea: [address.city, address.state, countryNames.of(address.country)].filter(Boolean).join(' '),
    formatted: () =>
      [address.line1, address.line2, [address.city, address.state, address.postcode].filter(Boolean).join(' ')].filter(Boolean),
  }
}

/** A FulfillmentOrderDestination: the same place in other words, without `name` and `provinceCode`. */
export function destination(address: Address, id: string) {
  return {
    __typename: 'FulfillmentOrderDestination',
    id: gid('FulfillmentOrderDestination', id),
    ...common(address),
    countryCode: address.country,
    email: address.email ?? null,
    location: null,
  }
}

function common(address: Address) {
  const [firstName, lastName] = splitName(address.name ?? '')
  return {
    firstName,
    lastName,
    company: address.company ?? null,
    address1: address.line1 ?? null,
    address2: [address.line2, address.line3].filter(Boolean).join(', ') || null,
    city: address.city ?? null,
    province: address.state ?? null,
    zip: address.postcode ?? null,
    phone: address.phone ?? null,
  }
}

function splitName(name: string): readonly [string | null, string | null] {
  const words = name.split(' ')
  const last = words.length > 1 ? (words.pop() ?? null) : null
  return [words.join(' ') || null, last]
}
