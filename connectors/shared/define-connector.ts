import { SyncError } from '../../core/errors.ts'
import type { Shop } from '../../core/model/shop.ts'
import type { ConnectorDefinition, ConsentFlow } from '../../core/ports/connector.ts'

/**
 * A definition without its settings type, for lists of connectors. Each entry point parses the settings
 * before the connector sees them, so nothing is taken on trust; they may have been parsed before. A schema
 * must accept its own result. Wrong settings throw `config` (`settings-invalid`), which names paths, not values.
 */
export function defineConnector<Settings>(definition: ConnectorDefinition<Settings>): ConnectorDefinition {
  const parsed = (settings: unknown, shopId?: string): Settings => {
    const result = definition.settings.safeParse(settings)
    if (result.success) return result.data
    const paths = result.error.issues.map((issue) => issue.path.join('.') || '(whole block)')
    const where = shopId === undefined ? definition.platform : `shop ${shopId} (${definition.platform})`
    throw new SyncError('config', `the settings of ${where} are not valid: check ${paths.join(', ')}; run npm run config:check`, {
      code: 'settings-invalid',
      context: { paths },
    })
  }
  const typed = (shop: Shop): Shop & { readonly settings: Settings } => ({ ...shop, settings: parsed(shop.settings, shop.id) })
  const { platform, settings, secrets, rateLimits, capabilities, consent } = definition
  return {
    platform,
    settings,
    secrets,
    rateLimits,
    capabilities,
    accountKeys: (values) => definition.accountKeys(parsed(values)),
    limitScope: (shop) => definition.limitScope(typed(shop)),
    create: (shop, transport) => definition.create(typed(shop), transport),
    ...(consent ? { consent: erasedConsent(consent, parsed) } : {}),
  }
}

function erasedConsent<Settings>(consent: ConsentFlow<Settings>, parsed: (settings: unknown) => Settings): ConsentFlow<unknown> {
  return {
    authorizeUrl: (settings) => consent.authorizeUrl(parsed(settings)),
    exchange: (settings, code, transport, now) => consent.exchange(parsed(settings), code, transport, now),
    tokenKey: (settings, shopId) => consent.tokenKey(parsed(settings), shopId),
  }
}
