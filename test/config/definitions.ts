import type { ConfigParts } from '../../config/index.ts'
import { connectors } from '../../connectors/index.ts'
import { adapters } from '../../wms-adapter/index.ts'

const key = Buffer.alloc(32, 1).toString('base64')

/** The product's own platforms and warehouse systems; every environment variable is set. */
export const realParts: ConfigParts = { connectors, adapters, environment: new Proxy({}, { get: () => key }) }
