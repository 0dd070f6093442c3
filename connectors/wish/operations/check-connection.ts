import { SyncError } from '../../../core/errors.ts'
import type { CallContext, ConnectCheck } from '../../../core/ports/connector.ts'
import type { WishClient } from '../client.ts'

export async function checkConnection({ shop, merchantId }: WishClient, call: CallContext): Promise<ConnectCheck> {
  const account = await merchantId(call)
  const expected = shop.settings.merchantId
  if (expected === undefined || expected === account) return { account, warnings: [] }
  const message = `shop ${shop.id}: the token belongs to Wish merchant ${account}, not to ${expected}; correct merchantId or run "npm run connect -- --shop ${shop.id}" as that merchant`
  throw new SyncError('config', message, { code: 'wish-merchant-differs', context: { shop: shop.id } })
}
