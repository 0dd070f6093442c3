import type { Register } from '../register.ts'
import { answersOfEbay } from './register-answers.ts'

/** What eBay's documentation and its integrators say that a connector has to cope with. */
export const register: Register = [
  {
    id: 'ebay-trap-01',
    says: 'Since September 2025 buyers in the US appear under an opaque user id to sellers in some countries, so the name is no key for a customer and no name for a label.',
    source: 'https://developer.ebay.com/api-docs/static/data-handling-update.html (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-02',
    says: 'A token that was refreshed with the base scope alone answers 403 although the seller consented to more.',
    source: 'https://github.com/hendt/ebay-api/issues/79 (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-03',
    says: '`invalid_grant` follows keys of another environment or an old refresh token out of a backup.',
    source: 'https://github.com/hendt/ebay-api/issues/77 (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-04',
    says: 'A filter is refused when a status stands without braces, a name is unknown, or brackets are encoded twice.',
    source: 'https://github.com/hendt/ebay-api/issues/145 (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-05',
    says: 'Lists show an empty `cancelRequests`, whatever the buyer has asked: who reads lists alone ships orders that are to be cancelled.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:CancelStatus (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-06',
    says: 'With `creationdate` beside it, `lastmodifieddate` is ignored without a word.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-07',
    says: 'A page of more than 200 is refused and not cut, and paging by offset skips rows of a set that moves.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-08',
    says: 'Amounts differ with and without `TAX_BREAKDOWN`: only with it do they hold the tax that eBay collects.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-09',
    says: '30500 "System error" also answers a body of the wrong form, which no repeat mends.',
    source: 'https://github.com/davidtsadler/ebay-sdk-php/issues/106 (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-10',
    says: 'A carrier and a number that are not taken as a pair leave an order marked as shipped without tracking.',
    source: 'https://github.com/davidtsadler/ebay-sdk-examples/issues/5 (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-11',
    says: 'A token of another account answers 200 with no orders, not an error.',
    source: 'https://github.com/hendt/ebay-api/issues/66 (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-12',
    says: "There is no way to place orders in eBay's own sandbox by API.",
    source: 'https://github.com/hendt/ebay-api/issues/105 (read 2026-11-22)',
    notHandled: "It is about eBay's own sandbox; ours (docs/sandbox.md) places orders as a test wants them.",
  },
  {
    id: 'ebay-trap-13',
    says: 'Old listings have no `sku`, and a listing on policy hold shows its item id as title.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:LineItem (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-14',
    says: 'Links to the next page may name another host, so pages are asked for by offset.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders (read 2026-11-22)',
  },
  {
    id: 'ebay-trap-15',
    says: 'A line is FULFILLED as soon as one of its units is assigned to a shipment, and so is its order: only the shipments tell how many units have gone.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:LineItemFulfillmentStatusEnum (read 2026-11-25)',
  },
  {
    id: 'ebay-field-01',
    says: '`orderId` is the platform order id.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:Order (read 2026-11-22)',
  },
  { id: 'ebay-field-02', says: '`salesRecordReference` is the number that Seller Hub shows; it may be missing or 0.' },
  { id: 'ebay-field-03', says: '`sellerId` says whose order it is; the marketplace of the purchase can differ from that of the listing.' },
  { id: 'ebay-field-04', says: '`creationDate` and `lastModifiedDate` are the times of purchase and of the last change.' },
  { id: 'ebay-field-05', says: "`buyer.username` is the buyer's handle, which may be an opaque id." },
  {
    id: 'ebay-field-06',
    says: '`fulfillmentStartInstructions[].shippingStep.shipTo` is the address of delivery; its telephone can be an empty object.',
  },
  { id: 'ebay-field-07', says: '`buyer.taxAddress` is for tax only and no address of delivery.' },
  { id: 'ebay-field-08', says: '`shippingServiceCode` is the service that the buyer chose; a carrier code beside it may be absent.' },
  { id: 'ebay-field-09', says: '`shipByDate` and the estimated delivery stand on each line, and may be missing.' },
  { id: 'ebay-field-10', says: 'A line is known by `lineItemId`, its goods by `sku`, else by `legacyItemId` and `legacyVariationId`.' },
  { id: 'ebay-field-11', says: '`lineItemCost` is the unit price times `quantity`; there is no field for the unit price.' },
  { id: 'ebay-field-12', says: 'Discounts of the summary are negative numbers, those of promotions and lines are not.' },
  { id: 'ebay-field-13', says: 'The summary gives the delivery cost before its discount; a combined order puts it on its first line.' },
  {
    id: 'ebay-field-14',
    says: 'Taxes that eBay collects carry the number under which eBay remits them: IOSS and VOEC belong on the parcel, OSS, ABN, IRD and SST are eBay’s own and never the recipient’s.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:EbayTaxReference (read 2026-11-25)',
  },
  { id: 'ebay-field-15', says: 'Totals are decimal text such as `20.2`, and amounts may be given in a second, converted currency.' },
  { id: 'ebay-field-16', says: 'Payments tell when the order was paid; a hold on the payout is no reason not to ship.' },
  { id: 'ebay-field-17', says: 'Refunds stand on the order or on its lines, net of the tax that eBay collected.' },
  { id: 'ebay-field-18', says: 'Programme flags stand on the order, the instruction and the lines.' },
  { id: 'ebay-field-19', says: '`buyerCheckoutNotes` is there only when the buyer wrote something.' },
  {
    id: 'ebay-field-20',
    says: 'With `ebaySupportedFulfillment` the parcel goes to a hub, with `shipToReferenceId` above the street; the final destination must not be used.',
  },
  {
    id: 'ebay-field-21',
    says: 'The seller ships `SHIP_TO`, `SELLER_DEFINED` and, to the store of Click and Collect, `PREPARE_FOR_PICKUP` with an address; not `DIGITAL`, In-Store Pickup and `FULFILLED_BY_EBAY`.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:FulfillmentInstructionsType (read 2026-11-25)',
  },
  { id: 'ebay-field-22', says: "Orders fulfilled by eBay, or out of its vault, are not the seller's to ship." },
  { id: 'ebay-field-23', says: 'E-mail addresses disappear 14 days after the purchase, names, streets and telephones after 90.' },
  {
    id: 'ebay-field-24',
    says: "The buyer's own tax number (Italy, Spain, Guatemala) is shown by getOrder alone.",
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:Order (read 2026-11-22)',
    notHandled: 'It would cost a call for every order, and a parcel within its own customs area needs no number of the buyer.',
  },
  { id: 'ebay-field-25', says: 'For some orders eBay provides the shipping label (`shippingLabelProvidedBy`).' },
  {
    id: 'ebay-field-26',
    says: 'Tires may be sold with an appointment at a garage.',
    notHandled: 'The appointment is not read: the parcel goes to the address that eBay gives, which is the garage.',
  },
  { id: 'ebay-state-01', says: '`orderFulfillmentStatus` goes NOT_STARTED, IN_PROGRESS, FULFILLED.' },
  {
    id: 'ebay-state-02',
    says: '`lineItemFulfillmentStatus` says the same of one line; neither IN_PROGRESS nor FULFILLED says how many units have gone.',
  },
  {
    id: 'ebay-state-03',
    says: '`orderPaymentStatus` is PAID, PENDING, FAILED, PARTIALLY_REFUNDED or FULLY_REFUNDED.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:OrderPaymentStatusEnum (read 2026-11-22)',
  },
  { id: 'ebay-state-04', says: '`cancelState` is NONE_REQUESTED, IN_PROGRESS or CANCELED (with one L).' },
  { id: 'ebay-state-05', says: 'A cancel request is REQUESTED, REJECTED or COMPLETED.' },
  { id: 'ebay-state-06', says: 'A refund is PENDING, REFUNDED or FAILED; one that failed gave nothing back.' },
  {
    id: 'ebay-state-07',
    says: 'A cancelled order can read FULFILLED, FULLY_REFUNDED and CANCELED at once: cancellation counts first, then payment, then fulfillment.',
  },
  ...answersOfEbay,
  {
    id: 'ebay-limit-01',
    says: 'Calls are counted by application, API and day, from midnight to midnight Pacific; no number holds for everybody.',
    source: 'https://developer.ebay.com/support/api-call-limits (read 2026-11-22)',
  },
  {
    id: 'ebay-limit-02',
    says: 'What is left of the quota can be read at any time, by user and by application.',
    source: 'https://developer.ebay.com/api-docs/developer/analytics/resources/methods (read 2026-11-22)',
  },
  { id: 'ebay-limit-03', says: 'Small applications have as little as 5,000 calls a day.' },
  { id: 'ebay-limit-04', says: 'Shops of one application eat from the same quota, also after a restart.' },
  {
    id: 'ebay-limit-05',
    says: '50,000 refresh grants a day for an application.',
    source: 'https://developer.ebay.com/api-docs/static/oauth-rate-limits.html (read 2026-11-22)',
  },
  {
    id: 'ebay-limit-06',
    says: 'A listing takes 250 revisions a day.',
    source: 'https://developer.ebay.com/api-docs/sell/inventory/resources/inventory_item/methods/bulkUpdatePriceQuantity (read 2026-11-22)',
    notHandled: 'No work of the product offers stock by itself yet; who calls it must send changes only.',
  },
  { id: 'ebay-limit-07', says: 'A refusal for the quota may say in `Retry-After` how long it lasts.' },
  {
    id: 'ebay-auth-01',
    says: 'A refresh gives the scopes that it names; without any it gives the base scope.',
    source: 'https://developer.ebay.com/api-docs/static/oauth-tokens.html (read 2026-11-22)',
  },
  { id: 'ebay-auth-02', says: 'Several shops of one application get their consent one by one, before anybody knows whose they are.' },
  {
    id: 'ebay-auth-03',
    says: 'The refresh token does not rotate: a refresh answers with an access token alone.',
    source: 'https://developer.ebay.com/api-docs/static/oauth-tokens.html (read 2026-11-22)',
  },
  {
    id: 'ebay-auth-04',
    says: 'The refresh token ends after 18 months, and only the consent itself says so.',
    source: 'https://developer.ebay.com/api-docs/static/oauth-tokens.html (read 2026-11-22)',
  },
  {
    id: 'ebay-auth-05',
    says: 'A changed password or user name, or a consent taken back, ends the refresh token early.',
    source: 'https://developer.ebay.com/support/kb-article?KBid=5218 (read 2026-11-24)',
  },
  {
    id: 'ebay-auth-06',
    says: 'The cert id can be reset; the old one is refused then, while consents and tokens live on.',
    source: 'https://developer.ebay.com/api-docs/static/gs_resetting-your-cert-id-new.html (read 2026-11-24)',
  },
  {
    id: 'ebay-auth-07',
    says: 'A production keyset is disabled until its owner subscribes to, or opts out of, notices of account deletion.',
  },
  {
    id: 'ebay-auth-08',
    says: 'An access token lives two hours; calls at the same time must not renew it several times.',
    source: 'https://developer.ebay.com/api-docs/static/oauth-tokens.html (read 2026-11-22)',
  },
  {
    id: 'ebay-auth-09',
    says: 'With `DEBUG=ebay:*` the SDK prints tokens.',
    notHandled: 'It is a switch of the SDK that only a person at the machine can set; the README warns of it.',
  },
  {
    id: 'ebay-auth-10',
    says: 'The quota of the application is told to a token of the application alone (client credentials grant, 1,000 a day), that of a user to one of the seller.',
    source: 'https://developer.ebay.com/api-docs/developer/analytics/resources/methods (read 2026-11-25)',
  },
  {
    id: 'ebay-read-01',
    says: 'Orders change while they are read: the end of a window must stand still, and windows must overlap.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders (read 2026-11-22)',
  },
  { id: 'ebay-read-02', says: 'Both bounds of a window belong to it.' },
  { id: 'ebay-read-03', says: 'With a filter by status, cancellations of shipped orders are not seen.' },
  { id: 'ebay-read-04', says: 'Offsets are only safe while they are small, so windows are cut to what one page holds.' },
  { id: 'ebay-read-05', says: 'A row that moves up while a window is paged can be skipped; the total tells.' },
  { id: 'ebay-read-06', says: '`TAX_BREAKDOWN` must be sent always or never.' },
  {
    id: 'ebay-read-07',
    says: 'Purchases that must be paid first and are not are no orders yet; some unpaid ones are listed as PENDING.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/overview.html (read 2026-11-22)',
  },
  { id: 'ebay-read-08', says: 'Cancellations and refunds move the time of change.' },
  {
    id: 'ebay-read-09',
    says: 'Only getOrder fills the cancel requests.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrder (read 2026-11-22)',
  },
  {
    id: 'ebay-read-10',
    says: 'Orders are readable for two years.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders (read 2026-11-22)',
  },
  {
    id: 'ebay-read-11',
    says: 'Up to 50 orders can be read by their ids.',
    notHandled:
      'That call ignores every other parameter, the tax breakdown too, so its amounts would differ from those of all other readings.',
  },
  { id: 'ebay-read-12', says: 'An order can vanish: no list shows it any more.' },
  {
    id: 'ebay-read-13',
    says: 'Notifications can tell of new orders at once.',
    source: 'https://developer.ebay.com/api-docs/commerce/notification/release-notes.html (read 2026-11-22)',
    notHandled: "They need a public HTTPS address, which a seller's own machine seldom has; polling is the source of truth.",
  },
  {
    id: 'ebay-read-14',
    says: 'Returns are handled in the Post-Order API.',
    notHandled: 'Returns are not read yet; a refund shows on the order all the same.',
  },
  { id: 'ebay-read-15', says: 'An older reading may arrive after a newer one.' },
  { id: 'ebay-read-16', says: 'A page may carry warnings beside its orders.' },
  { id: 'ebay-read-17', says: 'A request to cancel may be declined, and the order then goes on.' },
  {
    id: 'ebay-write-01',
    says: 'Carrier and tracking number are sent together or not at all.',
    source:
      'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/shipping_fulfillment/methods/createShippingFulfillment (read 2026-11-22)',
  },
  {
    id: 'ebay-write-02',
    says: 'The tracking number becomes the id of the shipment; a shipment without one gets a short, arbitrary id.',
    source:
      'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/shipping_fulfillment/methods/createShippingFulfillment (read 2026-11-22)',
  },
  {
    id: 'ebay-write-03',
    says: 'A tracking number is letters and digits only.',
    source:
      'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/shipping_fulfillment/methods/createShippingFulfillment (read 2026-11-22)',
  },
  {
    id: 'ebay-write-04',
    says: 'A line without quantity counts as one unit.',
    source:
      'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/shipping_fulfillment/methods/createShippingFulfillment (read 2026-11-22)',
  },
  { id: 'ebay-write-05', says: "The date of shipping counts for the seller's rating; one in the future is refused." },
  {
    id: 'ebay-write-06',
    says: 'Each package is a call of its own, with its lines and quantities.',
    source:
      'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/shipping_fulfillment/methods/createShippingFulfillment (read 2026-11-22)',
  },
  { id: 'ebay-write-07', says: 'One unit in two parcels cannot be told: the second number has no unit left.' },
  { id: 'ebay-write-08', says: 'No idempotency is documented: who repeats must look first.' },
  { id: 'ebay-write-09', says: 'A report whose answer is lost may have been executed.' },
  {
    id: 'ebay-write-10',
    says: 'A tracking number that was reported cannot be changed or taken back; neither PUT nor DELETE is published.',
  },
  {
    id: 'ebay-write-11',
    says: 'Carriers are words of a list that differs by site; `Other` stands for any.',
    source: 'https://developer.ebay.com/devzone/xml/docs/reference/ebay/types/ShippingCarrierCodeType.html (read 2026-11-22)',
  },
  {
    id: 'ebay-write-12',
    says: 'The order links its shipments, so the next page of changes shows what was written.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:Order (read 2026-11-22)',
  },
  {
    id: 'ebay-write-13',
    says: 'Stock is set as absolute values, 25 entries a call.',
    source: 'https://developer.ebay.com/api-docs/sell/inventory/resources/inventory_item/methods/bulkUpdatePriceQuantity (read 2026-11-22)',
  },
  { id: 'ebay-write-14', says: 'Only listings made with the Inventory API take stock this way.' },
  {
    id: 'ebay-write-15',
    says: 'Stock can be set for each location of a seller.',
    notHandled: 'Quantities are set for the listing as a whole; warehouses are ours to choose.',
  },
  {
    id: 'ebay-write-16',
    says: 'A seller can cancel an order through the Post-Order API.',
    notHandled: 'A person cancels in Seller Hub; the cancellation is read from there.',
  },
  {
    id: 'ebay-write-17',
    says: 'A seller can refund an order, with a digital signature in Europe.',
    source: 'https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/issueRefund (read 2026-11-22)',
    notHandled: 'Giving money back stays with a person in Seller Hub; refunds are read from there.',
  },
]
