/**
 * Faults that a simulated server can commit. H: over HTTP, G: in pages. The letters are the fault list's
 * in docs/sandbox.md. `before` leaves the request unexecuted, `after` executes it and spoils the answer.
 */
export type FaultKind =
  | 'H1-429-seconds'
  | 'H2-429-date'
  | 'H3-429-bare'
  | 'H4-429-absurd'
  | 'H5-5xx-before'
  | 'H5-5xx-after'
  | 'H6-timeout-before'
  | 'H6-timeout-after'
  | 'H7-reset-after'
  | 'H8-truncated-json'
  | 'H9-html-200'
  | 'H16-never-answered'
  | 'H17-200-error-body'
  | 'H20-read-lags-write'
  | 'G1-duplicate'
  | 'G2-reordered'
  | 'G5-page-shift'
  | 'G7-one-timestamp'

export interface FaultRule {
  readonly kind: FaultKind
  /** Operation names of the simulated platform; every operation when absent. */
  readonly operations?: readonly string[]
  /** Chance per fitting request, 0 to 1; 1 when absent. */
  readonly probability?: number
  /** How often it may still happen; without end when absent. */
  readonly times?: number
  /** Lets this many fitting requests through first. */
  readonly skip?: number
}

/** Decides per request which fault happens. Seeded, so a run can be repeated. */
export interface FaultSwitch {
  set(rules: readonly FaultRule[]): void
  clear(): void
  /** The faults that happen to this request, in the order of the rules. */
  draw(operation: string): readonly FaultKind[]
  /** How often each kind has happened. */
  counts(): Readonly<Record<string, number>>
}
