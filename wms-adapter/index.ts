import type { WmsAdapterDefinition } from '../core/ports/wms-adapter.ts'
import { goodcang } from './goodcang/index.ts'

/** Every warehouse system that accounts in warehouses.yaml can name. */
export const adapters: readonly WmsAdapterDefinition[] = [goodcang as WmsAdapterDefinition]
