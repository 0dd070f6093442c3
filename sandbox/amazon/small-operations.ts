import { z } from 'zod'
import { marketplaces } from './marketplaces.ts'
import { list, parseBody, parseQuery } from './query.ts'
import { invalidInput } from './respond.ts'
import { refuseForeignMarketplaces } from './search-orders.ts'
import { type Caller, denied, type TokenDesk } from './tokens.ts'

/** Source: sellers.json (read 2026-11-22). */
export function getMarketplaceParticipations({ seller }: Caller): unknown {
  const payload = marketplaces
    .filter((marketplace) => seller.marketplaceIds.includes(marketplace.id))
    .map(({ id, country, currency, language, domain }) => ({
      marketplace: {
        id,
        name: domain.replace('www.amazon.', 'Amazon.'),
        countryCode: country,
        defaultCurrencyCode: currency,
        defaultLanguageCode: language,
        domainName: domain,
      },
      participation: { isParticipating: true, hasSuspendedListings: false },
      storeName: `Sandbox store ${seller.account}`,
    }))
  return { payload }
}

const restrictedBody = z.strictObject({
  targetApplication: z.string().optional(),
  restrictedResources: z
    .array(
      z.strictObject({
        method: z.enum(['GET', 'PUT', 'POST', 'DELETE']),
        path: z.string().startsWith('/'),
        dataElements: z.array(z.string()).optional(),
      }),
    )
    .min(1)
    .max(50),
})

/** Source: tokens_2021-03-01.json (read 2026-11-22); the refusal is the one that integrators report. */
export async function createRestrictedDataToken(desk: TokenDesk, { seller, restricted }: Caller, request: Request): Promise<unknown> {
  if (restricted !== undefined) throw denied()
  const { restrictedResources } = await parseBody(request, restrictedBody)
  const granted = { granted: ['buyerInfo', 'shippingAddress', 'buyerTaxInformation'], address: ['shippingAddress'], denied: [] }[
    seller.personalData
  ]
  const wanted = restrictedResources.flatMap((resource) => resource.dataElements ?? [])
  if (wanted.some((element) => !granted.some((one) => one === element))) {
    throw invalidInput('Application do not have access to some or all requested resource')
  }
  const resources = restrictedResources.map((resource) => ({ ...resource, dataElements: resource.dataElements ?? [] }))
  const { token, seconds } = desk.issueRestricted(seller, resources)
  return { restrictedDataToken: token, expiresIn: seconds }
}

const patchQuery = z.strictObject({
  marketplaceIds: list,
  includedData: list.optional(),
  mode: z.literal('VALIDATION_PREVIEW').optional(),
  issueLocale: z.string().optional(),
})
const patchBody = z.strictObject({
  productType: z.string().min(1),
  patches: z
    .array(
      z.strictObject({
        op: z.enum(['add', 'replace', 'merge', 'delete']),
        path: z.string(),
        value: z.array(z.record(z.string(), z.unknown())).optional(),
      }),
    )
    .min(1),
})
const availability = z.object({ fulfillment_channel_code: z.string(), quantity: z.int().nonnegative() })

/** Sets stock. A 200 says ACCEPTED or INVALID. Source: listingsItems_2021-08-01.json (read 2026-11-22). */
export async function patchListingsItem(
  { seller }: Caller,
  path: { readonly sellerId: string; readonly sku: string },
  request: Request,
): Promise<unknown> {
  const query = parseQuery(new URL(request.url), patchQuery)
  const body = await parseBody(request, patchBody)
  if (path.sellerId !== seller.sellerId) throw denied()
  refuseForeignMarketplaces(seller, query.marketplaceIds)
  const submission = { sku: path.sku, submissionId: `sandbox-${seller.stock.size + 1}-${path.sku.length}` }
  for (const patch of body.patches) {
    const values = z.array(availability).safeParse(patch.value)
    if (patch.path !== '/attributes/fulfillment_availability' || !values.success)
      return { ...submission, status: 'INVALID', issues: [missing(patch.path)] }
    if (query.mode === undefined) for (const value of values.data) seller.stock.set(path.sku, value.quantity)
  }
  return { ...submission, status: query.mode === undefined ? 'ACCEPTED' : 'VALID', issues: [] }
}

function missing(path: string): unknown {
  const message = `${path} needs fulfillment_channel_code and quantity`
  return { code: '90220', message, severity: 'ERROR', attributeNames: ['fulfillment_availability'], categories: ['MISSING_ATTRIBUTE'] }
}
