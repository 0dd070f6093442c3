import type { Register } from '../register.ts'
import { answersOfShopify } from './register-answers.ts'

const docs = 'https://shopify.dev/docs'
const objects = `${docs}/api/admin-graphql/2026-10/objects`
const day = '(read 2026-11-22)'

/** What Shopify's documentation and its integrators say that a connector has to cope with. */
export const register: Register = [
  {
    id: 'shopify-trap-01',
    says: 'An app without scopes for fulfillment orders sees an empty list of them on every order, and no error.',
    source: `https://github.com/phpclassic/php-shopify/issues/288 ${day}`,
  },
  {
    id: 'shopify-trap-02',
    says: 'fulfillmentCreate wants the ids of fulfillment orders and of their lines; ids of the order and of its lines are refused.',
    source: `https://github.com/nozzlegear/ShopifySharp/issues/828 ${day}`,
  },
  {
    id: 'shopify-trap-03',
    says: 'More units than remain in a fulfillment order are refused, which happens when its total is sent.',
    source: `https://github.com/nozzlegear/ShopifySharp/issues/948 ${day}`,
  },
  {
    id: 'shopify-trap-04',
    says: 'Open fulfillment orders at different locations cannot be fulfilled in one call.',
    source: `https://github.com/nozzlegear/ShopifySharp/issues/694 ${day}`,
  },
  {
    id: 'shopify-trap-05',
    says: 'A page token that never moves makes a reader turn in circles.',
    source: `https://github.com/Shopify/shopify-app-js/issues/1507 ${day}`,
  },
  {
    id: 'shopify-trap-06',
    says: "The retries of Shopify's client break above three, and wait milliseconds where the server asks for seconds.",
    source: `https://github.com/Shopify/shopify-app-js/issues/764 ${day}`,
  },
  {
    id: 'shopify-trap-07',
    says: 'Throttling comes as an error in an answer of status 200, which no client repeats by itself.',
    source: `https://github.com/Shopify/shopify-api-ruby/issues/1345 ${day}`,
  },
  {
    id: 'shopify-trap-08',
    says: 'New apps get tokens that end after a day; who takes a token for permanent stands still the next morning.',
    source: `https://github.com/nozzlegear/ShopifySharp/issues/1225 ${day}`,
  },
  {
    id: 'shopify-trap-09',
    says: 'Orders older than 60 days are not shown without a scope of their own: lists are shorter and the order is unknown, without an error.',
    source: `https://github.com/Shopify/shopify_python_api/issues/370 ${day}`,
  },
  {
    id: 'shopify-trap-10',
    says: 'The status of a fulfillment says nothing about its tracking number, which must be asked for.',
    source: `https://github.com/PipedreamHQ/pipedream/issues/20675 ${day}`,
  },
  {
    id: 'shopify-trap-11',
    says: 'The quantity of an order line never shrinks: refunded and removed units are still in it.',
    source: `${objects}/LineItem ${day}`,
  },
  {
    id: 'shopify-trap-12',
    says: 'Children in the file of a bulk operation no longer follow their parents.',
    source: `${docs}/api/usage/bulk-operations/queries ${day}`,
    notHandled:
      'Orders are read in windows of time, page by page, as far back as the start date of the shop asks; no bulk operation is used.',
  },
  {
    id: 'shopify-trap-13',
    says: 'Ids are larger than a JSON number can hold exactly.',
    source: `${docs}/api/usage/gids ${day}`,
  },
  {
    id: 'shopify-trap-14',
    says: 'Development stores let five orders a minute be created.',
    source: `${docs}/api/usage/limits ${day}`,
    notHandled: 'No order is ever created on Shopify; the limit meets only those who make test data.',
  },
  {
    id: 'shopify-trap-15',
    says: 'An integration whose API version is fixed in its code stays behind when that version ends.',
    source: `https://github.com/airbytehq/airbyte/discussions/80241 ${day}`,
  },
  {
    id: 'shopify-trap-16',
    says: 'Counts that should not be, such as an unfulfilled quantity of -1 after a refund, do occur.',
    source: 'https://community.shopify.dev/t/negative-order-line-item-quantity-field-s/27826 (read 2026-11-25)',
  },

  {
    id: 'shopify-field-01',
    says: '`id` is the order id and `name` the number that people see; the name is not unique across stores.',
    source: `${objects}/Order ${day}`,
  },
  { id: 'shopify-field-02', says: 'One store has one token; two stores are never mixed up, even when read at the same time.' },
  {
    id: 'shopify-field-03',
    says: '`processedAt` is when the buyer bought; `createdAt` is later for imported orders. `updatedAt` and `cancelledAt` date changes.',
  },
  {
    id: 'shopify-field-04',
    says: '`displayFinancialStatus`, `displayFulfillmentStatus` and `returnStatus` are words for people and are shown as they are.',
  },
  {
    id: 'shopify-field-05',
    says: 'The destination of the fulfillment order is where to ship; the address of the order is the fallback and has the code of the region.',
    source: `${objects}/FulfillmentOrderDestination ${day}`,
  },
  {
    id: 'shopify-field-06',
    says: 'The method of delivery stands on the fulfillment order, and what the buyer chose on the shipping line.',
  },
  {
    id: 'shopify-field-07',
    says: 'A fulfillment order names the location it is assigned to; the location itself is missing once it is deleted.',
  },
  { id: 'shopify-field-08', says: '`remainingQuantity` of the lines of a fulfillment order is what is to be shipped.' },
  {
    id: 'shopify-field-09',
    says: 'Order lines have a SKU, item and variant, which may be missing, quantities before and after changes, and whether they need shipping.',
  },
  {
    id: 'shopify-field-10',
    says: 'Amounts come in the money of the shop, as placed; decimal text that must stay exact.',
    source: `${objects}/MoneyBag ${day}`,
  },
  {
    id: 'shopify-field-11',
    says: 'With `taxesIncluded` the prices hold the tax already; duties, fees and tips are in the total under no name of their own.',
  },
  { id: 'shopify-field-12', says: 'When an order was paid stands only on its transactions.', source: `${objects}/OrderTransaction ${day}` },
  { id: 'shopify-field-13', says: 'The risk of fraud is a recommendation beside assessments, of which one may be HIGH.' },
  {
    id: 'shopify-field-14',
    says: 'Notes, attributes and tags are on the order; what the buyer wants engraved is in the attributes of the line.',
  },
  { id: 'shopify-field-15', says: 'Units that are removed before shipping leave the current quantity and the fulfillment orders.' },
  {
    id: 'shopify-field-16',
    says: 'Amounts also come in the money that the buyer paid with.',
    notHandled:
      'An order has one currency here, that of the shop. The value that customs are told comes from the product, not from the price.',
  },
  {
    id: 'shopify-field-17',
    says: 'Variants have a barcode, orders a number without letters, a date of archiving, the names of payment providers, and tax by kind.',
    notHandled: 'The order has no place for them: goods are found by SKU, item and variant, orders by their id, and tax is one sum.',
  },
  {
    id: 'shopify-field-18',
    says: 'A refund without restock lowers the current quantity, while its units may stay to be fulfilled.',
    source: 'https://community.shopify.dev/t/refunding-an-unfulfilled-item-without-restocking/19953 (read 2026-11-25)',
  },

  {
    id: 'shopify-state-01',
    says: 'The financial status decides: unpaid waits, paid goes, partly refunded goes with what is left, refunded, voided and expired stop.',
  },
  { id: 'shopify-state-02', says: 'The fulfillment status of an order is information only; new words appear with new API versions.' },
  {
    id: 'shopify-state-03',
    says: 'The status of each fulfillment order decides on its release.',
    source: `${docs}/api/admin-graphql/2026-10/enums/FulfillmentOrderStatus ${day}`,
  },
  { id: 'shopify-state-04', says: 'A request status other than UNSUBMITTED means that a fulfillment service was asked.' },
  {
    id: 'shopify-state-05',
    says: 'Holds have reasons, and several may be active at once.',
    source: `${docs}/api/admin-graphql/2026-10/enums/FulfillmentHoldReason ${day}`,
  },
  { id: 'shopify-state-06', says: 'A date of cancellation cancels the order as a whole, whatever the reason.' },
  { id: 'shopify-state-07', says: 'A return leaves shipped units shipped.' },
  {
    id: 'shopify-state-08',
    says: 'A fulfillment stands, waits (in two words of the past), has failed or is cancelled.',
    source: `${docs}/api/admin-graphql/2026-10/enums/FulfillmentStatus ${day}`,
  },
  {
    id: 'shopify-state-09',
    says: 'Moves, splits, holds of a part and cancelled fulfillments make new fulfillment orders with new ids and close the old ones.',
    source: `${objects}/FulfillmentOrder ${day}`,
  },
  {
    id: 'shopify-state-10',
    says: 'A shipment that failed may leave units that are neither shipped, refunded nor in any fulfillment order.',
  },

  ...answersOfShopify,
]
