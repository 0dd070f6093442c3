import type { ConnectorDefinition } from '../core/ports/connector.ts'
import { amazon } from './amazon/index.ts'
import { ebay } from './ebay/index.ts'
import { shopify } from './shopify/index.ts'
import { wish } from './wish/index.ts'

/** Every connector of the product, one per platform. */
export const connectors: readonly ConnectorDefinition[] = [amazon, ebay, shopify, wish]
