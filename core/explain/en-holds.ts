import type { HoldReason } from '../model/hold.ts'
import type { HoldWords } from './words.ts'

export const holdsEn: Readonly<Record<HoldReason, HoldWords>> = {
  'review-rule': {
    why: 'A rule of yours wants a person to look at it.',
    ends: 'Look at the order, then release it or give it up.',
  },
  'cool-off': {
    why: 'A rule gives the buyer time to change their mind.',
    ends: 'It goes on when the time is over; release it to ship at once.',
  },
  'high-value': {
    why: 'The order is worth more than your limit.',
    ends: 'Look at the order and the buyer, then release it or give it up.',
  },
  'duplicate-suspected': {
    why: 'It looks like an order that the same buyer has placed already.',
    ends: 'Compare the two; release this one if both are meant, give it up if not.',
  },
  'risk-flagged': {
    why: 'The platform or a rule warns of fraud.',
    ends: 'Check the payment and the buyer, then release it or give it up.',
  },
  'platform-hold': {
    why: 'The platform itself has put the order on hold.',
    ends: 'It goes on when the platform lifts its hold; the next poll sees it.',
  },
  'payment-pending': {
    why: 'The payment is not final yet.',
    ends: 'It goes on when the platform reports the payment; the next poll sees it.',
  },
  'unmapped-sku': {
    why: 'It is not known which of your goods a listing stands for, or what the warehouse calls them.',
    ends: 'Add the missing row to the CSV file and import it, or the rule that the detail asks for; every order that waits for it goes on.',
  },
  'unit-factor-mismatch': {
    why: 'The warehouse keeps the goods in packs, and the quantity is not a whole number of packs.',
    ends: 'Correct the unit factor or add a code for single pieces in warehouse-skus.csv and import it.',
  },
  'address-invalid': {
    why: 'The address is incomplete, or the warehouse does not take it.',
    ends: 'Correct the address here, or on the platform and read the order again.',
  },
  'pii-missing': {
    why: 'The platform has not given the address yet.',
    ends: 'Check that the account may read personal data, then read the order again, or all of the shop since a day: nothing changes on an order when the access comes. Or enter the address here.',
  },
  'country-not-served': {
    why: 'No service of any warehouse goes to that country.',
    ends: 'Add the country to a service in warehouses.yaml; the file is picked up when saved.',
  },
  'no-route': {
    why: 'No warehouse and service can take the order.',
    ends: 'Make a service in warehouses.yaml fit it, change the rule, or choose a warehouse by hand.',
  },
  'out-of-stock': {
    why: 'No warehouse has everything that is needed.',
    ends: 'It goes on when stock has come in; the stock is read every 15 minutes. Or choose another warehouse by hand.',
  },
  'split-not-allowed': {
    why: 'It would have to ship in parts, and the platform or a rule does not allow that.',
    ends: 'It goes on when one warehouse has everything. Or choose a warehouse by hand.',
  },
  'field-too-long': {
    why: 'A field is longer than the warehouse takes. Nothing is cut off by itself.',
    ends: 'Shorten the field named in the detail.',
  },
  'insufficient-funds': {
    why: 'The balance at the warehouse is too low.',
    ends: 'Top up the account at the warehouse, then release the hold.',
  },
  'push-rejected': {
    why: 'The warehouse refused the order.',
    ends: 'Correct what the warehouse complains about, then release the hold; it is planned and sent anew.',
  },
  'push-unknown': {
    why: 'The warehouse did not answer clearly, and it could not be found out whether it has the order or the request to stop it.',
    ends: 'Look into the warehouse system for the reference. Then let it be asked again; nothing is sent twice.',
  },
  'reference-conflict': {
    why: 'The warehouse has another order under our reference.',
    ends: 'Compare the two in the warehouse system and settle it there. Then let it be asked again.',
  },
  'wms-exception': {
    why: 'The warehouse reports a problem with the parcel.',
    ends: 'Settle it with the warehouse. If it has cancelled or closed the order, release the hold to plan anew what is missing.',
  },
  'wms-parked': {
    why: 'The warehouse keeps the order as a draft and does not work on it.',
    ends: 'Release the draft in the warehouse system; the next reading sees it.',
  },
  'cancel-pending': {
    why: 'The warehouse was asked to stop the order, and no reading shows it stopped yet.',
    ends: 'It ends when a reading shows the order stopped, or the warehouse refuses.',
  },
  'intercept-failed': {
    why: 'The order was cancelled or changed, but the warehouse did not stop the parcel.',
    ends: 'Let the warehouse be asked once more to stop it. If it has left, recall the parcel or settle it with the buyer, then release the hold.',
  },
  'writeback-rejected': {
    why: 'The platform refused the tracking number.',
    ends: 'Correct what the platform complains about, then retry. If you told the platform yourself, or there is nothing to send again, release the hold.',
  },
  'writeback-unknown': {
    why: 'The platform did not answer clearly, and it could not be found out whether it has the tracking number.',
    ends: 'Look at the order on the platform. Then let it be asked again; nothing is reported twice.',
  },
  'carrier-unmapped': {
    why: 'The report to the platform lacks its word for the carrier, or the warehouse that the parcel left.',
    ends: 'Add what the detail names to carriers.yaml or warehouses.yaml; the file is picked up when saved.',
  },
  'no-first-scan': {
    why: 'The parcel was reported as shipped, but the carrier has not scanned it.',
    ends: 'Ask the warehouse or the carrier for the parcel.',
  },
  'marked-not-shipped': {
    why: 'The platform counts the order as shipped, but no parcel of ours has left.',
    ends: 'Find out who shipped it; then declare it shipped by hand, or release the hold to ship it.',
  },
  'fx-missing': {
    why: 'A rule compares an amount in another currency, and the rate of that day is missing.',
    ends: 'Import the rate with fx.csv.',
  },
  'unknown-value': {
    why: 'The platform used a word that is not known here, and nothing is guessed.',
    ends: 'See what the platform means. Release the hold if the order may ship, and report the word to the makers of the connector.',
  },
  'before-cutover': {
    why: 'It was bought before the shop was taken over by Quayside, so it is recorded and not pushed.',
    ends: 'Nothing has to be done if it was shipped elsewhere. Release the hold only if Quayside is to ship it.',
  },
}

export const platformDoubtEn: HoldWords = {
  why: 'The platform opened the order again after something was sent for it, or its shop is not configured any more.',
  ends: 'Do what the detail says, then release the hold.',
}

export const cancelAskedEn: HoldWords = {
  why: 'The buyer asks to cancel the order, and nobody has answered yet.',
  ends: 'Accept or decline it on the platform; the next poll sees it. Or release the hold to ship all the same.',
}
