import { GraphQLError } from 'graphql'
import type { Instant } from '../../core/value/instant.ts'
import type { FaultKind } from '../faults.ts'
import { badRequest } from './connection.ts'
import { idOf, typeOf } from './ids.ts'
import type { ShopOrder, ShopWorld, Variant } from './state.ts'

/**
 * What one request sees. The views beside this file are plain objects whose members carry the schema's field
 * names: values, or functions of the field's arguments, which is how graphql-js resolves them by itself.
 */
export interface View extends ShopWorld {
  readonly apiVersion: string
  /** Faults drawn for this request that only the shop itself can commit. */
  readonly drawn: readonly FaultKind[]
  /** The order as a read sees it now; an older state while a fault lets reads lag. */
  seen(order: ShopOrder): ShopOrder
  /** Call before a write, so that reads may lag behind it. */
  aboutToWrite(order: ShopOrder): void
  /** Views that others need and cannot import, because those import them. */
  readonly show: { order(order: ShopOrder): unknown; variant(variant: Variant): unknown }
  /** Goes into `extensions.search`. */
  readonly searchNotes: unknown[]
}

/** Shopify shows instants in UTC, to the second. */
export function showTime(at: Instant): string
export function showTime(at: Instant | undefined): string | null
export function showTime(at: Instant | undefined): string | null {
  return at === undefined ? null : `${at.slice(0, 19)}Z`
}

export function requireScope(view: View, object: string, ...anyOf: readonly string[]): void {
  if (anyOf.some((scope) => view.shop.scopes.has(scope))) return
  throw accessDenied(`Access denied for ${object}. Required access: \`${anyOf[0]}\` access scope.`)
}

/** Fields with personal data need an approval of their own. */
export function requireProtectedData(view: View, field: string): void {
  if (view.shop.protectedData === 'granted') return
  throw accessDenied(
    `This app is not approved to use the ${field} field. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.`,
  )
}

/** The order as an object needs an approval, too. Source: https://shopify.dev/docs/apps/launch/protected-customer-data (read 2026-11-22). */
export function requireOrderAccess(view: View, field: string): void {
  requireScope(view, `${field} field`, 'read_orders')
  if (view.shop.protectedData !== 'orders-denied') return
  throw accessDenied(
    'This app is not approved to access the Order object. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.',
  )
}

export function canReadFulfillmentOrders(view: View): boolean {
  return ['merchant_managed', 'third_party', 'assigned'].some((kind) => view.shop.scopes.has(`read_${kind}_fulfillment_orders`))
}

/** The number of a gid that must be of this type; another type is an error of the whole field. */
export function requireId(type: string, text: string): string {
  const id = idOf(type, text)
  if (id !== undefined) return id
  throw typeOf(text) === undefined
    ? badRequest(`Variable $id of type ID! was provided invalid value: Invalid global id '${text}'`)
    : new GraphQLError(`Invalid id: ${text}`, { extensions: { code: 'RESOURCE_NOT_FOUND' } })
}

function accessDenied(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes' },
  })
}
