import { z } from 'zod'
import type { Shop } from '../../core/model/shop.ts'
import { type Instant, instantToMs } from '../../core/value/instant.ts'

/**
 * The site of each marketplace, by region: an id of the wrong region is told at once, and an order that names its site
 * alone has its marketplace. Unlisted ids are accepted.
 * Source: https://developer-docs.amazon.com/sp-api/docs/marketplace-ids (read 2026-11-22).
 */
const sites: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  na: {
    A2EUQ1WTGCTBG2: 'amazon.ca',
    ATVPDKIKX0DER: 'amazon.com',
    A1AM78C64UM0Y8: 'amazon.com.mx',
    A2Q3Y263D00KWC: 'amazon.com.br',
  },
  eu: {
    A1RKKUPIHCS9HS: 'amazon.es',
    A1F83G8C2ARO7P: 'amazon.co.uk',
    A13V1IB3VIYZZH: 'amazon.fr',
    AMEN7PMS3EDWL: 'amazon.com.be',
    A1805IZSGTT6HS: 'amazon.nl',
    A1PA6795UKMFR9: 'amazon.de',
    APJ6JRA9NG5V4: 'amazon.it',
    A2NODRKZP88ZB9: 'amazon.se',
    A1C3SOZRARQ6R3: 'amazon.pl',
    A28R8C7NBKEWEA: 'amazon.ie',
    A33AVAJ2PDY3EV: 'amazon.com.tr',
    A2VIGQ35RCS4UG: 'amazon.ae',
    A21TJRUUN4KGV: 'amazon.in',
    ARBP9OOSHTCHU: 'amazon.eg',
  },
  fe: { A19VAU5U5O7RUS: 'amazon.sg', A39IBJ37TRP1C6: 'amazon.com.au', A1VC38T7YXB528: 'amazon.co.jp' },
}

/** The marketplace that Amazon names by its site, as in `Amazon.co.uk`. */
export function marketplaceNamed(name: string): string | undefined {
  const site = name.toLowerCase().replace('www.', '')
  return Object.values(sites)
    .flatMap(Object.entries)
    .find(([, known]) => known === site)?.[0]
}

/** The `settings` block of an Amazon shop: one seller account in one region. */
export const amazonSettings = z
  .strictObject({
    region: z.enum(['na', 'eu', 'fe']),
    sellerId: z.string().min(1),
    /** All marketplaces of the account that are to be read; one search covers them all. At most 50. */
    marketplaceIds: z.array(z.string().min(1)).min(1).max(50),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    /** Absent until `npm run connect` has stored one. */
    refreshToken: z.string().min(1).optional(),
    /** `auto` reads with 2026-01-01 and falls back to v0 where Amazon refuses it; v0 ends on 2027-03-27. */
    ordersApi: z.enum(['auto', '2026-01-01', 'v0']).default('auto'),
    /** Day the client secret was issued (YYYY-MM-DD); Amazon lets it live 180 days. */
    clientSecretIssuedAt: z.iso.date().optional(),
    /** Only for the consent flow of a public application: amzn1.sp.solution.… */
    applicationId: z.string().min(1).optional(),
    /** Product type of stock patches; the generic one fits every listing. */
    productType: z.string().min(1).default('PRODUCT'),
  })
  .superRefine(({ region, marketplaceIds }, context) => {
    for (const [index, id] of marketplaceIds.entries()) {
      const [home = region] = Object.entries(sites).find(([, ids]) => Object.hasOwn(ids, id)) ?? []
      if (home === region) continue
      const message = `marketplace ${id} belongs to region ${home}, this shop is in ${region}; make a shop of its own for it`
      context.addIssue({ code: 'custom', path: ['marketplaceIds', index], message })
    }
  })

export type AmazonSettings = z.output<typeof amazonSettings>
export type AmazonShop = Shop & { readonly settings: AmazonSettings }

/** Scope and seed of the shop's token. The secret is not in the seed: refresh tokens survive its rotation. */
export function tokenKey(settings: AmazonSettings): { readonly scope: string; readonly seed: string } {
  return {
    scope: `amazon:${settings.clientId}:${settings.sellerId}:${settings.region}`,
    seed: `${settings.clientId}\n${settings.refreshToken ?? ''}`,
  }
}

/**
 * What is to be done about an old client secret, from the 150th day on; nothing when its day is not known.
 * Source: https://developer-docs.amazon.com/sp-api/docs/rotating-your-apps-lwa-credentials (read 2026-11-22).
 */
export function secretWarnings({ clientSecretIssuedAt }: AmazonSettings, now: Instant): readonly string[] {
  if (clientSecretIssuedAt === undefined) return []
  const days = Math.floor((instantToMs(now) - Date.parse(clientSecretIssuedAt)) / 86_400_000)
  if (days < 150) return []
  const state = days < 180 ? 'stops working after 180' : 'works no more, as it lives 180'
  return [
    `the client secret is ${days} days old and ${state}: rotate it in Seller Central, then change clientSecret and clientSecretIssuedAt`,
  ]
}
