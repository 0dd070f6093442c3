/** Everything that an order's history may contain. The list is closed: each has its words in every language. */
export const eventTypes = [
  'imported',
  'changed-on-platform',
  'planned',
  'withdrawn',
  'intercept-requested',
  'warehouse',
  'state',
  'hold-placed',
  'hold-released',
  'hold-release',
  'hold-retry',
  'hold-cancel',
  'edited',
  'assigned',
  'marked-shipped',
  'personal-data-shown',
  'effect-planned',
  'effect-inflight',
  'effect-accepted',
  'effect-confirmed',
  'effect-rejected',
  'effect-unknown',
  'effect-withdrawn',
] as const
export type EventType = (typeof eventTypes)[number]

export function isEventType(type: string): type is EventType {
  return eventTypes.some((known) => known === type)
}
