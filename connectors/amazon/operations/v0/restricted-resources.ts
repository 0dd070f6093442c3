/** What is asked for with a restricted data token. Each element has a role of its own. */
export type PersonalData = 'buyer-and-address' | 'address'

/**
 * The paths and elements that a restricted data token is made for.
 * Source: https://developer-docs.amazon.com/sp-api/docs/tokens-api-use-case-guide (read 2026-11-24).
 */
export function restrictedResources(personalData: PersonalData): readonly object[] {
  const ofOrders = personalData === 'address' ? ['shippingAddress'] : ['buyerInfo', 'shippingAddress']
  const resource = (path: string, dataElements: readonly string[]) => ({ method: 'GET', path: `/orders/v0/orders${path}`, dataElements })
  return [
    resource('', ofOrders),
    resource('/{orderId}', ofOrders),
    ...(personalData === 'address' ? [] : [resource('/{orderId}/orderItems', ['buyerInfo'])]),
  ]
}
