import type { EventType } from './event-types.ts'
import type { EventFacts } from './words.ts'

export const eventsEn: Readonly<Record<EventType, (event: EventFacts) => string>> = {
  imported: ({ text }) =>
    `first read from the platform: ${text('platformStatus')}, ${text('lines')} ${text('lines') === '1' ? 'line' : 'lines'}`,
  'changed-on-platform': ({ changed, fromTo }) => `changed on the platform (${changed || 'details'}): ${fromTo}`,
  planned: ({ text }) =>
    `planned as ${text('reference')}: warehouse ${text('warehouse')}, service ${text('service')}${text('with') && `, in one parcel with ${text('with')}`}`,
  withdrawn: ({ text }) => `${text('reference')} taken back before it was sent`,
  'intercept-requested': ({ text }) => `${text('reference')} is to be stopped at the warehouse`,
  warehouse: ({ text, status, packages }) => `the warehouse about ${text('reference')}: ${status}${newPackages(packages)}`,
  state: ({ stateFrom, stateTo }) => `state: ${stateFrom} → ${stateTo}`,
  'hold-placed': ({ held }) => `waits: ${held}`,
  'hold-released': ({ held }) => `waits no longer: ${held}`,
  'hold-release': ({ user, held }) => `${user} released the hold ${held}`,
  'hold-retry': ({ user, held }) => `${user} ordered another try: ${held}`,
  'hold-cancel': ({ user, held }) => `${user} gave the fulfillment up: ${held}`,
  edited: ({ user, fields, text }) => `${user} corrected the address (${fields}): ${text('reason')}`,
  assigned: ({ user, text }) => `${user} chose ${route(text('warehouse'), text('service'))}: ${text('reason')}`,
  'marked-shipped': ({ user, text }) => `${user} declared it shipped outside: ${text('reason')}`,
  'personal-data-shown': ({ user }) => `${user} looked at the personal data`,
  'effect-planned': ({ effect, said }) => `${effect}: to be sent${said}`,
  'effect-inflight': ({ effect, said }) => `${effect}: under way${said}`,
  'effect-accepted': ({ effect, said }) => `${effect}: taken, the result is awaited${said}`,
  'effect-confirmed': ({ effect, attempt }) => `${effect}: confirmed${attempt > 1 ? ` at try ${attempt}` : ''}`,
  'effect-rejected': ({ effect, said }) => `${effect}: refused${said}`,
  'effect-unknown': ({ effect, said }) => `${effect}: outcome not known${said}`,
  'effect-withdrawn': ({ effect }) => `${effect}: never sent, no longer wanted`,
}

function newPackages(count: number): string {
  return count === 0 ? '' : `, ${count} new ${count === 1 ? 'package' : 'packages'}`
}

function route(warehouse: string, service: string): string {
  return [warehouse && `warehouse ${warehouse}`, service && `service ${service}`].filter(Boolean).join(' and ')
}
