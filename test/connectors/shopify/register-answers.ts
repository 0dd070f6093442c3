import type { Register } from '../register.ts'

const docs = 'https://shopify.dev/docs'
const codes = `${docs}/api/usage/response-codes (read 2026-11-24)`
const stock = `${docs}/api/admin-graphql/2026-10/enums/InventorySetQuantitiesUserErrorCode (read 2026-11-22)`
const access = `${docs}/apps/build/authentication-authorization/access-tokens`
const limits = `${docs}/api/usage/limits (read 2026-11-24)`

/** Answers to calls, access, limits, and how reading and writing go. */
export const answersOfShopify: Register = [
  { id: 'shopify-error-01', says: '400: the request was not understood, and nothing was done.', source: codes },
  { id: 'shopify-error-02', says: '401: the access token is wrong or has ended.', source: codes },
  { id: 'shopify-error-03', says: '402: the store is frozen until it pays for its plan.', source: codes },
  { id: 'shopify-error-04', says: '403: access is refused, mostly for want of a scope.', source: codes },
  { id: 'shopify-error-05', says: '404: no such store, or no such API version.', source: codes },
  { id: 'shopify-error-06', says: '405, 406, 414, 415, 422: the request is refused for its form.', source: codes },
  { id: 'shopify-error-07', says: '423: the store is locked.', source: codes },
  { id: 'shopify-error-08', says: '429: too many requests; Retry-After counts seconds.', source: codes },
  { id: 'shopify-error-09', says: '430: the request looked malicious; the same one passes later.', source: codes },
  { id: 'shopify-error-10', says: '500 to 504, 530, 540, 783: Shopify has trouble of its own.', source: codes },
  {
    id: 'shopify-error-11',
    says: 'THROTTLED: there are no points left for this query; the answer says how many and how fast they come back.',
  },
  { id: 'shopify-error-12', says: 'ACCESS_DENIED: the field needs a scope or a permission.' },
  { id: 'shopify-error-13', says: 'SHOP_INACTIVE: the store is closed.' },
  { id: 'shopify-error-14', says: 'INTERNAL_SERVER_ERROR: Shopify failed while it worked on the query; a write may have been made.' },
  { id: 'shopify-error-15', says: 'MAX_COST_EXCEEDED: one query asks for more than 1,000 points.' },
  { id: 'shopify-error-16', says: 'Codes in camel case, such as undefinedField, mean a mistake in the document; nothing was done.' },
  { id: 'shopify-error-17', says: 'A code that nobody knows, or an error without any.' },
  { id: 'shopify-error-18', says: 'A status of 200 with something else than a GraphQL answer.' },
  { id: 'shopify-error-19', says: 'The user errors of fulfillmentCreate have a text and no code.' },
  { id: 'shopify-error-20', says: 'A payload without fulfillment and without user errors.' },
  { id: 'shopify-error-21', says: 'invalid_client: the client secret is not (any more) that of the app.' },
  {
    id: 'shopify-error-22',
    says: 'application_cannot_be_found, app_not_installed: the client id is wrong, or the store has removed the app.',
  },
  { id: 'shopify-error-23', says: 'shop_not_permitted: client credentials are for stores of the organization of the app alone.' },
  { id: 'shopify-error-24', says: 'invalid_grant: the refresh token or the code is spent, revoked or past its time.' },
  { id: 'shopify-error-25', says: 'CHANGE_FROM_QUANTITY_STALE: the quantity is not the expected one any more.', source: stock },
  { id: 'shopify-error-26', says: 'IDEMPOTENCY_CONCURRENT_REQUEST: the same key is being worked on.', source: stock },
  {
    id: 'shopify-error-27',
    says: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH and IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED: the key can be used no more.',
    source: stock,
  },
  { id: 'shopify-error-28', says: 'NON_MUTABLE_INVENTORY_ITEM: the quantity of a bundle follows from its parts.', source: stock },
  { id: 'shopify-error-29', says: 'Every other code of inventorySetQuantities refuses the whole call.', source: stock },
  { id: 'shopify-error-30', says: 'No answer at all: a write may have been made.' },
  { id: 'shopify-error-31', says: 'INTERNAL_SERVER_ERROR at one order of a page, beside the data of the others.' },
  { id: 'shopify-error-32', says: 'MAX_INPUT_SIZE_EXCEEDED: a list in the input is too long; nothing was done.', source: limits },

  {
    id: 'shopify-limit-01',
    says: 'Points come back at a rate by plan; each answer says how many are left, how many there may be and how fast they come.',
    source: `${docs}/apps/build/apis/graphql-admin/rate-limits (read 2026-11-24)`,
  },
  { id: 'shopify-limit-02', says: 'A query reserves what it asks for before it runs; what it did not use is given back.' },
  {
    id: 'shopify-limit-03',
    says: 'A query may not ask for more than 1,000 points.',
    source: `${docs}/apps/build/apis/graphql-admin/rate-limits (read 2026-11-24)`,
  },
  { id: 'shopify-limit-04', says: 'A list ends after 25,000 objects.', source: limits },
  { id: 'shopify-limit-05', says: 'A page has 250 objects at most; longer lists inside an order are read on.', source: limits },
  { id: 'shopify-limit-06', says: 'Lists in the input of a mutation have 250 entries at most.', source: limits },
  {
    id: 'shopify-limit-07',
    says: 'A fulfillment takes 512 lines of each fulfillment order, and a fulfillment order 10 holds of one app.',
    source: `${docs}/api/admin-graphql/2026-10/input-objects/FulfillmentOrderLineItemsInput (read 2026-11-22)`,
    notHandled: 'A package is reported in calls of 250 lines, which is less than the first; holds are never placed on Shopify.',
  },

  { id: 'shopify-auth-01', says: 'Custom apps made in the admin before 2026 have a token that does not end.' },
  {
    id: 'shopify-auth-02',
    says: 'Client credentials give a token for a day, without refresh token; it is asked for again.',
    source: `${access}/client-credentials-grant (read 2026-11-24)`,
  },
  {
    id: 'shopify-auth-03',
    says: 'Tokens that come from consent end after an hour; each refresh gives a new refresh token.',
    source: `${access}/offline-access-tokens (read 2026-11-24)`,
  },
  {
    id: 'shopify-auth-04',
    says: 'The refresh token before stays good until the new one is used, so that a lost answer locks nobody out.',
    source: 'https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens (read 2026-11-24)',
  },
  { id: 'shopify-auth-05', says: 'Which scopes an app has is told by its installation alone.' },
  { id: 'shopify-auth-06', says: 'The seller changes the client secret of the app; the old one is refused.' },
  {
    id: 'shopify-auth-07',
    says: 'A version past its time is answered by the oldest live one; only a header tells.',
    source: `${docs}/api/usage/versioning (read 2026-11-22)`,
  },
  { id: 'shopify-auth-08', says: 'A version lives for twelve months.', source: `${docs}/api/usage/versioning (read 2026-11-22)` },
  { id: 'shopify-auth-09', says: 'Tokens are given for permanent domains of stores only, not for storefronts.' },
  {
    id: 'shopify-auth-10',
    says: 'Names and addresses need access to protected customer data; without it the fields are empty, with or without an error.',
    source: `${docs}/apps/launch/protected-customer-data (read 2026-11-22)`,
  },
  {
    id: 'shopify-auth-12',
    says: 'Orders as a whole need access to protected customer data (level 1); without it every reading of them is refused.',
    source: `${docs}/apps/launch/protected-customer-data (read 2026-11-22)`,
  },
  {
    id: 'shopify-auth-11',
    says: 'Public apps must answer three webhooks about privacy.',
    notHandled: 'Each seller runs this with an app of its own; webhooks are not received. Personal data ends by its own time limit.',
  },

  {
    id: 'shopify-read-01',
    says: 'Dates in a filter must stand in quotes and name their zone.',
    source: `${docs}/api/usage/search-syntax (read 2026-11-22)`,
  },
  { id: 'shopify-read-02', says: 'A filter that is not known is ignored, and everything comes back.' },
  { id: 'shopify-read-03', says: 'The search lags behind changes by seconds.' },
  { id: 'shopify-read-04', says: 'A page token is good for its own query and order only, and may be refused later.' },
  { id: 'shopify-read-05', says: '`updatedAt` moves for tags, notes and other apps; nothing of ours may change then.' },
  { id: 'shopify-read-06', says: 'A fulfillment order can change while its order does not.' },
  {
    id: 'shopify-read-07',
    says: '`confirmed` is false while Shopify has not reserved stock.',
    notHandled: 'What Shopify reserves is not what our warehouse has; its own stock decides whether an order can go.',
  },
  { id: 'shopify-read-08', says: 'Test orders look like real ones.' },
  { id: 'shopify-read-09', says: 'An answer can carry data and errors together; what is there is good.' },
  {
    id: 'shopify-read-10',
    says: 'A fulfillment service is asked through requests that it accepts or rejects.',
    notHandled:
      'Orders stay on the locations of the store, and we fulfill them there; being registered as a service is another way of working.',
  },
  {
    id: 'shopify-read-11',
    says: 'Webhooks tell of changes early, twice, out of order, or never.',
    source: `${docs}/apps/build/webhooks/best-practices (read 2026-11-22)`,
    notHandled: 'Orders are polled, which finds the same changes minutes later; a webhook needs an address that Shopify can reach.',
  },
  {
    id: 'shopify-read-12',
    says: 'Returns have lines, reasons and states of their own.',
    notHandled: 'That a return exists is shown in the status of the order; goods that come back are counted by the warehouse.',
  },

  {
    id: 'shopify-write-01',
    says: 'Without lines, fulfillmentCreate ships everything that is in the fulfillment order.',
    source: `${docs}/api/admin-graphql/2026-10/input-objects/FulfillmentOrderLineItemsInput (read 2026-11-22)`,
  },
  { id: 'shopify-write-02', says: 'The buyer is told only when asked for, and then with every call.' },
  { id: 'shopify-write-03', says: '`url` goes with `number`, `urls` with `numbers`; they may not be mixed.' },
  {
    id: 'shopify-write-04',
    says: 'Links are made for carriers that are spelled as Shopify lists them; for others the link must be sent.',
    source: `${docs}/api/admin-graphql/2026-10/objects/FulfillmentTrackingInfo (read 2026-11-22)`,
  },
  { id: 'shopify-write-05', says: 'fulfillmentCreate has no key: a repeat ships once more as long as units remain.' },
  { id: 'shopify-write-06', says: 'Packages that leave one after the other take a call each.' },
  { id: 'shopify-write-07', says: 'Held and scheduled fulfillment orders cannot be fulfilled.' },
  {
    id: 'shopify-write-08',
    says: 'fulfillmentTrackingInfoUpdate replaces the number of a fulfillment; twice leaves the same state.',
    source: `${docs}/api/admin-graphql/2026-10/mutations/fulfillmentTrackingInfoUpdate (read 2026-11-22)`,
  },
  {
    id: 'shopify-write-09',
    says: 'Quantities are set with the expected quantity beside the new one.',
    source: `${docs}/apps/build/orders-fulfillment/inventory-management-apps/manage-quantities-states (read 2026-11-22)`,
  },
  { id: 'shopify-write-10', says: 'Writing stock needs an idempotency key; the same key gives the first result again.' },
  { id: 'shopify-write-11', says: 'An item must be stocked at the location, and its quantity must be tracked.' },
  { id: 'shopify-write-12', says: '`available` is what can be sold; `on_hand` holds what is sold already, too.' },
  {
    id: 'shopify-write-13',
    says: 'Orders can be cancelled and refunded through the API; cancelling is a job without return.',
    notHandled: 'Whether an order is cancelled or money goes back is decided by the seller on Shopify; here it is only read.',
  },
  {
    id: 'shopify-write-14',
    says: 'How a parcel travels can be told to Shopify event by event.',
    notHandled: 'Shopify follows the carriers that it knows by itself, by the tracking number.',
  },
  {
    id: 'shopify-write-15',
    says: 'A hold may be released only by the app that placed it, and `originAddress` only serves tax.',
    notHandled: 'No hold is placed on Shopify, and none of others is released; the address of the location is what tax goes by.',
  },
]
