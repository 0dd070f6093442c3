/** One thing that a platform does and a connector has to cope with: a trap, a field, a state, an answer to a call. */
export interface RegisterEntry {
  /** `<platform>-<kind>-<two digits>`, such as `amazon-trap-15`; titles of tests cite it in brackets. */
  readonly id: string
  /** What the platform does, in one sentence. */
  readonly says: string
  /** Where it is said, with the date on which it was read. */
  readonly source?: string
  /** Why the connector does not cope with it; then no test cites it. */
  readonly notHandled?: string
}

export type Register = readonly RegisterEntry[]

export const registerKinds = ['trap', 'field', 'state', 'error', 'limit', 'auth', 'read', 'write'] as const
