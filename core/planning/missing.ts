/** A figure that is not known, and what to do about it. */
export interface Missing {
  readonly missing: string
  readonly remedy: string
  /** A rate of exchange: an import of rates ends the hold. */
  readonly isRate?: true
}

export function unknownWeight(sku: string): Missing {
  return { missing: `the weight of SKU ${sku}`, remedy: 'import its weight_g with products.csv' }
}

export function unknownSize(sku: string): Missing {
  return { missing: `the size of SKU ${sku}`, remedy: 'import its length_mm, width_mm and height_mm with products.csv' }
}

export function unknownClass(sku: string): Missing {
  return { missing: `the cargo class of SKU ${sku}`, remedy: 'import the product with products.csv' }
}

/** Platforms show no prices while an order is pending, and some lines have none. */
export const unknownPrice: Missing = { missing: 'the price of the goods', remedy: 'the platform shows none' }

export function unknownRate(from: string, to: string): Missing {
  return { missing: `the rate from ${from} to ${to}`, remedy: 'import one with "npm run import -- fx FILE"', isRate: true }
}
