import { currencyDigits, formatAmount } from '../../core/value/money.ts'

/** Invented and fixed: what one unit of the currency is worth in US dollars. */
const inDollars: Readonly<Record<string, number>> = { USD: 1, EUR: 1.1, GBP: 1.25, JPY: 0.0065, CAD: 0.75, AUD: 0.65, CNY: 0.14, KWD: 3.25 }

/** Minor units of `to` for one minor unit of `from`. */
export function rateBetween(from: string, to: string): number {
  if (from === to) return 1
  const worth = (inDollars[from] ?? 1) / (inDollars[to] ?? 1)
  return (worth * 10 ** currencyDigits(to)) / 10 ** currencyDigits(from)
}

/** Money as Shopify writes it: a decimal with at least one digit after the point and no further zeros, `1200.0` for yen too. */
export function decimal(minorUnits: number, currency: string): string {
  const text = formatAmount({ minorUnits, currency })
  const [whole = '0', fraction = ''] = text.split('.')
  const kept = fraction.replace(/0+$/, '')
  return `${whole}.${kept === '' ? '0' : kept}`
}

/** A MoneyBag: the same amount in the shop's money and in the buyer's. */
export function moneyBag(minorUnits: number, order: { readonly currency: string; readonly rateToShop: number }, shopCurrency: string) {
  const inShop = Math.round(minorUnits * order.rateToShop)
  return {
    shopMoney: { amount: decimal(inShop, shopCurrency), currencyCode: shopCurrency },
    presentmentMoney: { amount: decimal(minorUnits, order.currency), currencyCode: order.currency },
  }
}
