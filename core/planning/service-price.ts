import type { ServicePrice, ShippingService, Tariff } from '../model/warehouse.ts'
import { addMoney, type Money, money, multiplyMoney } from '../value/money.ts'
import type { Figure } from './measure-goods.ts'
import type { ZonePlace } from './zones.ts'

/**
 * What a service costs for a parcel; undefined when it names no price for it: none at all, none for its zone,
 * one by a weight or a zone that is not known. The tariff of a zone goes before the general one.
 */
export function priceOf(
  { price }: Pick<ShippingService, 'price'>,
  chargeable: Figure<number>,
  place: ZonePlace | undefined,
): Money | undefined {
  if (!price) return undefined
  const tariff = tariffOf(price, place)
  const freight = tariff && freightOf(tariff, chargeable)
  if (!freight || !price.remote) return freight
  // Whether the place is remote is what decides the price.
  if (!place) return undefined
  return place.remote ? addMoney(freight, price.remote) : freight
}

function tariffOf({ base, perKg, perStartedKg, byZone }: ServicePrice, place: ZonePlace | undefined): Tariff | undefined {
  const ofZone = place && byZone?.[String(place.zone)]
  return ofZone ?? (base && { base, ...(perKg && { perKg }), ...(perStartedKg && { perStartedKg }) })
}

function freightOf({ base, perKg, perStartedKg }: Tariff, chargeable: Figure<number>): Money | undefined {
  if (!perKg && !perStartedKg) return base
  if ('missing' in chargeable) return undefined
  const grams = chargeable.value
  const byGram = perKg && money(Math.ceil((perKg.minorUnits * grams) / 1000), perKg.currency)
  const byKilogram = perStartedKg && multiplyMoney(perStartedKg, Math.ceil(grams / 1000))
  return [byGram, byKilogram].reduce<Money>((sum, part) => (part ? addMoney(sum, part) : sum), base)
}
