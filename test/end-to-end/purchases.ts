import type { Address } from '../../core/model/order.ts'
import type { NewOrder } from '../../sandbox/index.ts'
import type { PlatformName } from './sandboxes.ts'

/** Invented people; nobody lives at these addresses. */
const american: Address = {
  name: 'Alex Sample',
  phone: '2125550143',
  line1: '100 Example Street',
  city: 'Edison',
  state: 'NJ',
  postcode: '08817',
  country: 'US',
}
const german: Address = {
  name: 'Änne Probe',
  phone: '+49 30 5550143',
  line1: 'Erfundene Gasse 3',
  city: 'Köln',
  state: 'Nordrhein-Westfalen',
  postcode: '50667',
  country: 'DE',
}

/** A paid order of one red mug, as a buyer of that platform places it. */
export function purchase(platform: PlatformName, changes: Partial<NewOrder> = {}): NewOrder {
  const shipTo = platform === 'ebay' ? german : american
  return {
    currency: platform === 'ebay' ? 'EUR' : 'USD',
    shipTo,
    buyer: { id: 'buyer-1', name: shipTo.name ?? '', email: 'buyer1@example.com' },
    lines: [lineOf('MUG-RED')],
    shipping: '3.99',
    ...changes,
  }
}

export function lineOf(channelSku: string, quantity = 1): NewOrder['lines'][number] {
  return { channelSku, title: `Goods ${channelSku}`, quantity, unitPrice: '12.00' }
}

export { american as americanAddress }
