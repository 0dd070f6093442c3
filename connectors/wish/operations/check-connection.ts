import { SyncError } from '../../../core/errors.ts'
import type { CallContext, ConnectCheck } from '../../../core/ports/connector.ts'
import { connectCommand } from '../../shared/with-token.ts'
import type { WishClient } from '../client.ts'

export async function checkConnection({ shop, merchantId }: WishClient, call: CallContext): Promise<ConnectCheck> {
  const account = await merchantId(call)
  const expected = shop.settings.merchantId
  if (expected === undefined || expected === account) return { account, warnings: [] }
  const advice = `correct merchantId or run "${connectCommand(shop.id)}" as that merchant`
  const message = `shop ${shop.id}: the token belongs to Wish merchant ${account}, not to ${expected}; ${advice}`
  throw new SyncError('config', message, { code: 'wish-merchant-differs', context: { shop: shop.id } })
}
