export interface Marketplace {
  readonly id: string
  readonly region: 'na' | 'eu' | 'fe'
  readonly country: string
  readonly currency: string
  readonly language: string
  readonly domain: string
}

const rows = [
  ['ATVPDKIKX0DER', 'na', 'US', 'USD', 'en_US', 'www.amazon.com'],
  ['A2EUQ1WTGCTBG2', 'na', 'CA', 'CAD', 'en_CA', 'www.amazon.ca'],
  ['A1AM78C64UM0Y8', 'na', 'MX', 'MXN', 'es_MX', 'www.amazon.com.mx'],
  ['A2Q3Y263D00KWC', 'na', 'BR', 'BRL', 'pt_BR', 'www.amazon.com.br'],
  ['A1F83G8C2ARO7P', 'eu', 'GB', 'GBP', 'en_GB', 'www.amazon.co.uk'],
  ['A1PA6795UKMFR9', 'eu', 'DE', 'EUR', 'de_DE', 'www.amazon.de'],
  ['A13V1IB3VIYZZH', 'eu', 'FR', 'EUR', 'fr_FR', 'www.amazon.fr'],
  ['APJ6JRA9NG5V4', 'eu', 'IT', 'EUR', 'it_IT', 'www.amazon.it'],
  ['A1RKKUPIHCS9HS', 'eu', 'ES', 'EUR', 'es_ES', 'www.amazon.es'],
  ['A1805IZSGTT6HS', 'eu', 'NL', 'EUR', 'nl_NL', 'www.amazon.nl'],
  ['A2NODRKZP88ZB9', 'eu', 'SE', 'SEK', 'sv_SE', 'www.amazon.se'],
  ['A1C3SOZRARQ6R3', 'eu', 'PL', 'PLN', 'pl_PL', 'www.amazon.pl'],
  ['A1VC38T7YXB528', 'fe', 'JP', 'JPY', 'ja_JP', 'www.amazon.co.jp'],
  ['A39IBJ37TRP1C6', 'fe', 'AU', 'AUD', 'en_AU', 'www.amazon.com.au'],
  ['A19VAU5U5O7RUS', 'fe', 'SG', 'SGD', 'en_SG', 'www.amazon.sg'],
] as const

/** Source: https://developer-docs.amazon.com/sp-api/docs/marketplace-ids (read 2026-11-22). */
export const marketplaces: readonly Marketplace[] = rows.map(([id, region, country, currency, language, domain]) => ({
  id,
  region,
  country,
  currency,
  language,
  domain,
}))

export function marketplaceOf(id: string): Marketplace {
  const found = marketplaces.find((marketplace) => marketplace.id === id)
  if (!found) throw new Error(`the sandbox knows no Amazon marketplace "${id}"`)
  return found
}
