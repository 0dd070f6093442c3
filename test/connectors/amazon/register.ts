import type { Register, RegisterEntry } from '../register.ts'

const docs = (page: string) => `https://developer-docs.amazon.com/sp-api/${page} (read 2026-11-22)`
const issue = (thread: string) => `https://github.com/${thread} (read 2026-11-22)`
const models = 'https://github.com/amzn/selling-partner-api-models of 2026-08-05 (read 2026-11-22)'
const confirming = docs('docs/confirm-the-shipment-status')

const traps: Register = [
  {
    id: 'amazon-trap-01',
    says: 'Searches are so rare (one in 179 seconds) that a connector must ask for everything in one search and for no order by itself.',
    source: issue('amzn/selling-partner-api-models/issues/5341'),
  },
  {
    id: 'amazon-trap-02',
    says: 'Some sellers get 403 from searchOrders whatever they ask for, while v0 works.',
    source: issue('amzn/selling-partner-api-models/issues/5319'),
  },
  {
    id: 'amazon-trap-03',
    says: 'One marketplace of a seller may get 403 from searchOrders, while getOrder and v0 serve it.',
    source: issue('amzn/selling-partner-api-sdk/issues/764'),
  },
  {
    id: 'amazon-trap-04',
    says: 'For half a day a region answered 400 to the data set FULFILLMENT, then healed: a 400 on a read may pass.',
    source: issue('amzn/selling-partner-api-models/issues/5365'),
  },
  {
    id: 'amazon-trap-05',
    says: 'A page token is refused unless every parameter of the first call comes with it.',
    source: issue('amzn/selling-partner-api-models/issues/5144'),
  },
  {
    id: 'amazon-trap-06',
    says: 'v0 getOrders may answer InternalFailure for hours while the status board is green.',
    source: issue('amzn/selling-partner-api-models/issues/5230'),
  },
  {
    id: 'amazon-trap-07',
    says: 'Lists leave orders out that are there by their id, and a search by creation time does not show changes.',
    source: issue('amzn/selling-partner-api-models/issues/3945'),
  },
  {
    id: 'amazon-trap-08',
    says: 'A package reference that is a number instead of a text, or no positive number, is refused since January 2026.',
    source: issue('amzn/selling-partner-api-models/issues/5094'),
  },
  {
    id: 'amazon-trap-09',
    says: 'Items of a confirmation that are no list are refused as "OrderItemId is invalid", although the id is right.',
    source: issue('jlevers/selling-partner-api/issues/528'),
  },
  {
    id: 'amazon-trap-10',
    says: 'A confirmation without an error may still not change the order: only reading it back proves it.',
    source: issue('jlevers/selling-partner-api/issues/613'),
  },
  {
    id: 'amazon-trap-11',
    says: 'A repeat under a new reference on a shipped order fails as "already fulfilled", which does not say by whom.',
    source: issue('amzn/selling-partner-api-models/issues/5037'),
  },
  {
    id: 'amazon-trap-12',
    says: 'Personal data may vanish from all orders for days and come back, and a restricted token is refused whole when one role lacks.',
    source: issue('amzn/selling-partner-api-docs/issues/1275'),
  },
  {
    id: 'amazon-trap-13',
    says: 'A role that an application gets later works only after the seller has authorized it again.',
    source: issue('amzn/selling-partner-api-models/issues/5319'),
  },
  {
    id: 'amazon-trap-14',
    says: 'Rates in headers and tables disagree, 429 comes at the documented rate, and heavy overuse turns into 403.',
    source: issue('jrl84/amazon-sp-api/issues/46'),
  },
  {
    id: 'amazon-trap-15',
    says: 'Paging may bring the same orders again and again.',
    source: issue('amzn/selling-partner-api-models/issues/2297'),
  },
  {
    id: 'amazon-trap-16',
    says: 'patchListingsItem answers 200 to what it does not do: INVALID stands in the body, and ACCEPTED is only a promise.',
    source: issue('jlevers/selling-partner-api/issues/493'),
  },
  {
    id: 'amazon-trap-17',
    says: 'Product types are "invalid or not supported" from one day to the next.',
    source: issue('amzn/selling-partner-api-models/issues/5241'),
  },
  {
    id: 'amazon-trap-18',
    says: 'Notifications stay silent with FIFO queues or an incomplete queue policy.',
    source: issue('amzn/selling-partner-api-models/issues/1441'),
    notHandled: 'No notifications are used: orders are polled, which needs no AWS account and misses nothing.',
  },
  {
    id: 'amazon-trap-19',
    says: 'A client that sleeps until a token comes blocks every other account.',
    source: issue('abuzuhri/Amazon-SP-API-CSharp/issues/242'),
  },
  {
    id: 'amazon-trap-20',
    says: "Success in Amazon's sandbox says nothing about production.",
    source: issue('jlevers/selling-partner-api/issues/349'),
    notHandled: "Amazon's sandbox is not used. A new shop is tried with the write stop on: it reads real orders and changes nothing.",
  },
  { id: 'amazon-trap-21', says: 'amazon-sp-api repeats throttled and broken calls without end and has no deadline.' },
  { id: 'amazon-trap-22', says: 'amazon-sp-api writes into the parameters it is given: reused, they ask for the order before.' },
  { id: 'amazon-trap-23', says: 'amazon-sp-api takes the oldest version of an operation unless one is named.' },
]

const fields: Register = [
  ['the order id stays as it is, in 3-7-7 digits, and is kept with the shop'],
  ["the seller's own number comes as an alias"],
  [
    'the marketplace, which may be named by its site alone, is the site of the order, and NON_AMAZON is a multi-channel order of somebody else',
  ],
  ['times of creation and of the last change, with or without milliseconds'],
  ['the status is that of the fulfillment'],
  ['who fulfills: MERCHANT is ours, AMAZON is not'],
  ['the service level is the promised service'],
  ['the end of the ship-by window is the ship-by'],
  ['the end of the deliver-by window is the deliver-by'],
  ['no label may be printed before the label printing window: the warehouse gets the order then'],
  ['name and relay address of the buyer'],
  ['company and purchase order number of a business buyer'],
  ['the delivery address in all its parts, those of Brazil included'],
  ['drop-off place, directions and what the address can take'],
  ['programs of the order are tags, unknown ones too'],
  ['a replacement or exchange names the order it stands for: it ships and is tagged'],
  ['the grand total is absent while pending'],
  ['item id with its leading zeros, SKU, ASIN and title'],
  ['units ordered, fulfilled and open: the rest is cancelled'],
  ['the price of a unit; v0 knows the price of the line only'],
  ['shipping, discount, gift wrap and cash on delivery are sums of their own'],
  ['taxes, whether prices hold them or not'],
  ['the breakdowns of the order, or totals, breakdowns and prices of the items, stand in for an absent grand total'],
  ['gift message and gift wrap'],
  ["the marketplace's IOSS number goes to the warehouse for the label"],
  ['the reporting scheme IOSS or UOSS is a tag'],
  ['tax that the marketplace collects is a tag'],
  ["the buyer's tax number for customs, and that of a person in Brazil apart from it"],
  ["a buyer's wish to cancel holds the order"],
  ['who cancelled an item is a tag'],
  ['Transparency items hold, as their codes are needed later; required serial numbers are a tag'],
  ['mandatory shipping constraints are tags, for rules'],
  ['a customization is pointed to, not downloaded: the file names the buyer'],
  ['packages show reference, carrier, number, time and items'],
  [
    'counts of shipped items, regulated items, the proposed ship-from place, automated shipping settings and product info have no successor in 2026-01-01',
    'They stand in the kept payload where v0 sends them, and no decision needs them.',
  ],
  ['amounts are decimal text of any precision, in the minor units of their currency'],
].map(([says = '', notHandled], index): RegisterEntry => {
  const id = `amazon-field-${String(index + 1).padStart(2, '0')}`
  return { id, says: `${says.charAt(0).toUpperCase()}${says.slice(1)}.`, source: models, ...(notHandled && { notHandled }) }
})

const states: Register = [
  { id: 'amazon-state-01', says: 'PENDING_AVAILABILITY and PENDING wait for payment: no address, no prices, nothing to push.' },
  { id: 'amazon-state-02', says: 'UNSHIPPED is paid and ours to ship.' },
  { id: 'amazon-state-03', says: "UNSHIPPED with a buyer's wish to cancel a line is held; shipping all the same stays possible." },
  { id: 'amazon-state-04', says: 'PARTIALLY_SHIPPED: only the open units are left.' },
  { id: 'amazon-state-05', says: 'SHIPPED and InvoiceUnconfirmed are shipped; by somebody else when no report of ours went out.' },
  { id: 'amazon-state-06', says: 'CANCELLED, in v0 Canceled, ends the order whole and for good.' },
  { id: 'amazon-state-07', says: 'UNFULFILLABLE, and whatever Amazon fulfills, is not ours.' },
  { id: 'amazon-state-08', says: 'An unknown or absent status is never taken for open.' },
  {
    id: 'amazon-state-09',
    says: 'Before SHIPPED an order may be cancelled by units as well as whole.',
  },
  { id: 'amazon-state-10', says: 'Delivered is a word of packages, not of orders; a cancelled package does not stand.' },
  {
    id: 'amazon-state-11',
    says: 'PRIME, Easy Ship and Delivery by Amazon expect labels bought through Amazon.',
    source: docs('docs/fulfill-orders'),
  },
  { id: 'amazon-state-12', says: 'FBM Ship+ refuses a confirmation with 400 and needs none.', source: confirming },
  {
    id: 'amazon-state-13',
    says: 'Refunds after shipping do not show in the Orders API.',
    notHandled: 'They are money between seller and buyer; a shipped order stays as it is.',
  },
]

const errors: Register = [
  { id: 'amazon-error-01', says: '400 InvalidInput on a read, in whatever spelling: tried again later.' },
  { id: 'amazon-error-02', says: '400 on a write is a refusal for good; text and code are kept.' },
  { id: 'amazon-error-03', says: '401 or 403 with an expired token: a new token, one repeat.' },
  { id: 'amazon-error-04', says: '403 for a missing role, a wrong region or a withdrawn authorization: stop this account and say so.' },
  { id: 'amazon-error-05', says: '404 for an order that is unknown, or of another seller or region.' },
  { id: 'amazon-error-06', says: '413 and 415: the request itself is wrong.' },
  { id: 'amazon-error-07', says: '429 QuotaExceeded was not executed: wait for the next token.' },
  { id: 'amazon-error-08', says: '500 InternalFailure may pass.' },
  { id: 'amazon-error-09', says: '503 ServiceUnavailable may pass.' },
  { id: 'amazon-error-10', says: 'Gateways answer 502 and 504 with HTML.' },
  { id: 'amazon-error-11', says: 'invalid_grant of Login with Amazon: the authorization was withdrawn or the refresh token is wrong.' },
  { id: 'amazon-error-12', says: 'invalid_client: the secret is wrong or too old.' },
  { id: 'amazon-error-13', says: 'Other refusals of Login with Amazon, in an error form of their own.' },
  {
    id: 'amazon-error-14',
    says: 'v0 wraps its data in payload, 2026-01-01 does not; details are often empty.',
    source: docs('docs/response-format'),
  },
  { id: 'amazon-error-15', says: 'An answer that nobody documents: a read may pass, a write stays unknown.' },
].map((entry) => ({ source: docs('docs/response-format'), ...entry }))

const plans = docs('docs/usage-plans-and-rate-limits')
const limits: Register = [
  { id: 'amazon-limit-01', says: 'A bucket belongs to the pair of application and seller, and each operation has its own.', source: plans },
  {
    id: 'amazon-limit-02',
    says: 'x-amzn-RateLimit-Limit tells the rate of this seller, not the burst and not what is left.',
    source: plans,
  },
  { id: 'amazon-limit-03', says: 'The header is absent with 403, 429 and 5xx, and there is no Retry-After.', source: models },
  { id: 'amazon-limit-04', says: 'searchOrders: 20 calls at once, then one in 179 seconds.', source: models },
  { id: 'amazon-limit-05', says: 'A restart must not spend a burst that is already spent.' },
  { id: 'amazon-limit-06', says: 'The daily comparison and the poll share one bucket; the poll must not wait for it.' },
  { id: 'amazon-limit-07', says: 'The other operations have rates of their own.', source: models },
  { id: 'amazon-limit-08', says: 'A limit that was raised or lowered for a seller can be set by the operator.' },
]

const auth: Register = [
  {
    id: 'amazon-auth-01',
    says: 'Access tokens live an hour, come from one host for all regions, and are fetched once for all calls.',
    source: docs('docs/connecting-to-the-selling-partner-api'),
  },
  { id: 'amazon-auth-02', says: 'A refresh token covers one region of one seller.' },
  {
    id: 'amazon-auth-03',
    says: 'The client secret lives 180 days; refresh tokens survive its rotation.',
    source: docs('docs/rotating-your-apps-lwa-credentials'),
  },
  {
    id: 'amazon-auth-04',
    says: 'Requests carry the token and a user agent of a given form, and no signature of AWS any more.',
    source: docs('docs/include-a-user-agent-header-in-all-requests'),
  },
  {
    id: 'amazon-auth-05',
    says: "Public applications get their refresh token by a seller's consent, private ones in Seller Central.",
    source: docs('docs/website-authorization-workflow'),
  },
  {
    id: 'amazon-auth-06',
    says: 'Grantless tokens are for notifications and for rotating secrets by the API.',
    notHandled: 'Neither is used: orders are polled, and the secret is rotated in Seller Central.',
  },
  { id: 'amazon-auth-07', says: 'Lists in queries are joined by commas, times end in Z, and paths are percent-encoded.' },
  { id: 'amazon-auth-08', says: 'The marketplaces a seller takes part in, and suspended listings, are asked for rarely.', source: models },
]

const reads: Register = [
  { id: 'amazon-read-01', says: 'A search goes by creation or by last update, never by both.' },
  { id: 'amazon-read-02', says: 'An upper bound lies at least two minutes back; without one Amazon answers the bound it used.' },
  { id: 'amazon-read-03', says: 'Both bounds are inclusive.' },
  { id: 'amazon-read-04', says: 'A page token lives 24 hours.' },
  { id: 'amazon-read-05', says: 'One search takes up to 50 marketplaces and 100 orders a page.' },
  {
    id: 'amazon-read-06',
    says: 'Without FULFILLMENT there is no status, without CANCELLATION no wish to cancel: the data sets are named.',
  },
  {
    id: 'amazon-read-07',
    says: 'Orders older than two years are not served.',
    notHandled: 'A shop is taken over from a date on that lies days back, not years.',
  },
  {
    id: 'amazon-read-08',
    says: 'Names, streets, mail addresses and gift messages come only with the restricted roles.',
    source: docs('docs/access-orders-pii'),
  },
  { id: 'amazon-read-09', says: 'Telephone and mail address are left out when an order is shipped and late: what is stored stays.' },
  {
    id: 'amazon-read-10',
    says: 'Changes show up two to three minutes late, so windows overlap and orders come twice.',
    source: issue('amzn/selling-partner-api-docs/issues/2131'),
  },
  { id: 'amazon-read-11', says: 'An older reading never overwrites a newer one.' },
  { id: 'amazon-read-12', says: 'What polling misses is found by a daily comparison by creation time.' },
  {
    id: 'amazon-read-13',
    says: 'A change of an older open order that the list leaves out stays unseen until its next change.',
    notHandled: 'Asking for every open order each day is not done; npm run resync reads one order or a span of time again.',
  },
  { id: 'amazon-read-14', says: 'The time of the last update moves with our own confirmations, too.' },
  { id: 'amazon-read-15', says: 'A window that needs more calls than are left goes on later where it stood.' },
  { id: 'amazon-read-16', says: 'v0 needs the marketplaces, one call per order for its items, and pages of items.' },
  { id: 'amazon-read-17', says: 'v0 needs a restricted token for exactly these paths, which lives an hour and serves all orders.' },
  { id: 'amazon-read-18', says: 'v0 sends some booleans as text, and leaves prices and addresses out while pending.' },
  {
    id: 'amazon-read-19',
    says: 'The order reads of v0 end on 2027-03-27.',
    source: docs('changelog/new-introducing-the-orders-api-v2026-01-01'),
  },
  { id: 'amazon-read-20', says: 'v0 counts the units that have left and shows no packages: a count proves no tracking number.' },
].map((entry) => ({ source: models, ...entry }))

const writes: Register = [
  { id: 'amazon-write-01', says: 'One call per package, each with its own reference, items and units.' },
  { id: 'amazon-write-02', says: 'The same reference again edits that package, so a repeat does no harm.' },
  { id: 'amazon-write-03', says: 'The reference is chosen before the first try, kept, and never changed.' },
  { id: 'amazon-write-04', says: 'Reference and item ids go out as texts.' },
  {
    id: 'amazon-write-05',
    says: "The carrier code equals an entry of Amazon's list letter by letter; any other carrier is Other with its name.",
    source: issue('amzn/selling-partner-api-docs/issues/772'),
  },
  {
    id: 'amazon-write-06',
    says: "A number that does not have the carrier's form is refused.",
    source: issue('amzn/selling-partner-api-docs/issues/866'),
  },
  { id: 'amazon-write-07', says: 'The ship date is in UTC and never in the future.' },
  { id: 'amazon-write-08', says: 'Pending, cancelled and Amazon-fulfilled orders take no confirmation.' },
  { id: 'amazon-write-09', says: '204 with an empty body is the only success, and it is final.' },
  { id: 'amazon-write-10', says: 'Units of Transparency items are confirmed with their codes.' },
  {
    id: 'amazon-write-11',
    says: 'Cash on delivery in Japan can name how the money was collected.',
    notHandled: 'Warehouses do not report it, and Amazon does not demand it.',
  },
  {
    id: 'amazon-write-12',
    says: 'A confirmation can name shipping method and supply source.',
    notHandled: 'Both are optional; the carrier says enough, and supply sources belong to in-store orders.',
  },
  {
    id: 'amazon-write-13',
    says: 'Feeds confirm many orders in one file.',
    notHandled: 'They take minutes and answer for the whole file; two calls a second are enough for an overseas warehouse.',
  },
  {
    id: 'amazon-write-14',
    says: 'Orders can be acknowledged, and cancelled by a feed or by cancelOrder, which comes and goes in the model.',
    notHandled: 'Nothing needs an acknowledgement, and cancelling is a person’s decision: it is done in Seller Central.',
  },
  {
    id: 'amazon-write-15',
    says: 'A package of the same number by another program would be edited, not refused.',
  },
  {
    id: 'amazon-write-16',
    says: 'Stock is merged into its attribute; a replacement would wipe lead time and restock date.',
    source: docs('docs/merge-a-listing'),
  },
  { id: 'amazon-write-17', says: 'Only the channel DEFAULT is the seller’s; SKUs in paths are percent-encoded; one marketplace a patch.' },
  {
    id: 'amazon-write-18',
    says: 'The generic product type fits every listing, and can be set.',
    source: issue('amzn/selling-partner-api-docs/issues/2068'),
  },
  {
    id: 'amazon-write-19',
    says: 'Stock feeds set many quantities at once.',
    notHandled: 'Five patches a second are enough, and each gets its own answer.',
  },
  {
    id: 'amazon-write-20',
    says: 'ORDER_CHANGE tells of changes within seconds, without their content.',
    notHandled: 'It needs an AWS account and a queue; the poll sees every change within minutes.',
  },
  {
    id: 'amazon-write-21',
    says: 'Store pick-up and regulated items have reports of their own.',
    notHandled: 'Store pick-up orders are ignored, and approvals of regulated items are given in Seller Central.',
  },
  {
    id: 'amazon-write-22',
    says: 'Programs whose labels come from Amazon show an order as shipped with its label, before the parcel leaves.',
    source: confirming,
  },
  {
    id: 'amazon-write-23',
    says: 'Any other order whose label is bought through Amazon shows as shipped with the label, too.',
    notHandled:
      'It looks as if somebody else had shipped it, and the warehouse is asked to stop: buy such labels for orders that are not sent to a warehouse.',
  },
].map((entry) => ({ source: confirming, ...entry }))

/** What the documentation of Amazon and its integrators say that a connector has to cope with. */
export const register: Register = [...traps, ...fields, ...states, ...errors, ...limits, ...auth, ...reads, ...writes]
