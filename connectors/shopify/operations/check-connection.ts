import { SyncError } from '../../../core/errors.ts'
import type { CallContext, ConnectCheck } from '../../../core/ports/connector.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import type { ShopifyClient } from '../client.ts'
import { documents } from './documents.ts'

/** Without these orders cannot be read or shipped; missing ones show as empty lists, not as errors. */
export const neededScopes = ['read_orders', 'read_merchant_managed_fulfillment_orders', 'write_merchant_managed_fulfillment_orders']
/** What is lost without each. */
export const usefulScopes: Readonly<Record<string, string>> = {
  read_all_orders: 'Shopify shows no order that is older than 60 days: it is not listed, not found and takes no shipment',
  read_products: 'product and variant ids of order lines stay empty',
  read_locations: 'packages from several locations take more calls, and locations of fulfillment services are not told apart',
  read_inventory: 'quantities cannot be offered',
  write_inventory: 'quantities cannot be offered',
}

const sunsetNoticeMs = 90 * 24 * 3_600_000

/** Checks credentials, scopes and the API version. Sources: https://shopify.dev/docs/api/usage/access-scopes and …/versioning (read 2026-11-22). */
export async function checkConnection(client: ShopifyClient, call: CallContext): Promise<ConnectCheck> {
  const { id: shopId, settings } = client.shop
  const { data, version: answered } = await client.request(documents.connection, {}, call)
  const scopes = new Set(data.currentAppInstallation.accessScopes.map((scope) => scope.handle))
  const missing = neededScopes.filter((scope) => !isGranted(scope, scopes))
  if (missing.length > 0) {
    const message = `shop ${shopId}: the app on ${settings.shop} lacks ${missing.join(', ')}; grant the scopes and install it again`
    throw new SyncError('auth', message, { code: 'shopify-scope-missing', context: { shop: shopId, missing } })
  }
  const supported = data.publicApiVersions.flatMap((version) => (version.supported ? version.handle : []))
  // Consent to protected customer data is no scope: only reading an order tells.
  const { personalWithheld } = await client.request(documents.oneOrder, {}, call)
  const withheld = personalWithheld
    ? ['Shopify withholds names and addresses (protected customer data, level 2): orders wait for them']
    : []
  const lacking = Object.entries(usefulScopes).filter(([scope]) => !isGranted(scope, scopes))
  const warnings = [...withheld, ...lacking.map(([scope, loss]) => `without the scope ${scope} ${loss}`)]
  return {
    account: `${data.shop.name} (${data.shop.myshopifyDomain})`,
    warnings: [...versionWarnings(settings.apiVersion, answered, supported, call.now()), ...warnings],
  }
}

/** A write scope includes its read scope. */
function isGranted(scope: string, scopes: ReadonlySet<string>): boolean {
  return scopes.has(scope) || scopes.has(scope.replace(/^read_/, 'write_'))
}

/** A version is answered for twelve months, then the oldest live one stands in (https://shopify.dev/docs/api/usage/versioning, read 2026-11-22). */
function versionWarnings(asked: string, answered: string | undefined, supported: readonly string[], now: Instant): readonly string[] {
  const newest = supported.findLast((handle) => /^\d/.test(handle)) ?? 'a supported one'
  if (answered !== undefined && answered !== asked) {
    return [`API version ${asked} is no longer there and ${answered} answers instead; set apiVersion to ${newest}`]
  }
  if (supported.length > 0 && !supported.includes(asked)) return [`API version ${asked} is not supported; set apiVersion to ${newest}`]
  const end = `${Number(asked.slice(0, 4)) + 1}${asked.slice(4)}-01`
  return end < addMs(now, sunsetNoticeMs) ? [`API version ${asked} ends on ${end}; set apiVersion to ${newest} before`] : []
}
