import type { Dossier } from '../../core/planning/dossier.ts'
import { type PlatformName, platformNames, pushCall, shopOf, writeBackCall } from '../end-to-end/sandboxes.ts'

/** What is true at the moment of a death; the trial compares it with what it must be. */
export interface Remains {
  /** The orders of this trial that the database knows. */
  readonly dossiers: readonly Dossier[]
  /** Write calls executed since the process that died was started. */
  readonly executedWrites: number
}

/** One place to die, at one platform. */
export interface KillCase {
  readonly name: string
  readonly platform: PlatformName
  /** What the process that dies has to do: take new orders in and push them, or write shipments back. */
  readonly stage: 'push' | 'write-back'
  readonly death: Death
  /**
   * Dies in the very first poll of a new database, over an order older than the overlap of two polls: what the
   * cursor passes then, no later poll brings back.
   */
  readonly isFirstPoll: boolean
  /** Undefined when the process died where it should. */
  strayed(remains: Remains): string | undefined
}

export type Death =
  /** The product's own failpoint; the trials take turns at these of its hits. */
  | { readonly how: 'failpoint'; readonly failpoint: string; readonly hits: readonly number[] }
  /** The other side executes the call and never answers; the process is killed while it waits. */
  | { readonly how: 'unanswered'; readonly operation: string; readonly atWarehouse: boolean }

const pushCases: readonly KillCase[] = [
  failpointCase('shopify', 'push', 'push.before-intent', nothingSent),
  failpointCase('shopify', 'push', 'push.after-intent', (remains) => intended(remains, 'wms-create')),
  failpointCase('shopify', 'push', 'push.answered', (remains) => executed(remains, 'wms-create')),
  {
    name: 'push.unanswered',
    platform: 'shopify',
    stage: 'push',
    isFirstPoll: false,
    death: { how: 'unanswered', operation: pushCall, atWarehouse: true },
    strayed: (remains) => executed(remains, 'wms-create'),
  },
  { ...failpointCase('shopify', 'push', 'writer.before-commit', () => undefined), name: 'writer.before-commit' },
]

/** Groups run beside each other; the cases of one group follow each other in one house. */
export const caseGroups: readonly (readonly KillCase[])[] = [pushCases, ...platformNames.map(casesOf)]

function casesOf(platform: PlatformName): readonly KillCase[] {
  return [
    failpointCase(platform, 'push', 'poll.page-stored', nothingKnown),
    failpointCase(platform, 'write-back', 'confirm.before-intent', nothingSent),
    failpointCase(platform, 'write-back', 'confirm.after-intent', (remains) => intended(remains, 'confirm-shipment')),
    failpointCase(platform, 'write-back', 'confirm.answered', (remains) => executed(remains, 'confirm-shipment')),
    {
      name: `confirm.unanswered ${platform}`,
      platform,
      stage: 'write-back',
      isFirstPoll: false,
      death: { how: 'unanswered', operation: writeBackCall[platform], atWarehouse: false },
      strayed: (remains) => executed(remains, 'confirm-shipment'),
    },
  ]
}

function failpointCase(platform: PlatformName, stage: KillCase['stage'], failpoint: string, strayed: KillCase['strayed']): KillCase {
  const isShared = failpoint.startsWith('push.')
  return {
    name: isShared ? failpoint : `${failpoint} ${platform}`,
    platform,
    stage,
    isFirstPoll: failpoint.startsWith('poll.'),
    death: { how: 'failpoint', failpoint, hits: hitsOf(failpoint, platform) },
    strayed,
  }
}

function hitsOf(failpoint: string, platform: PlatformName): readonly number[] {
  // A run with orders to take in commits more often than this.
  if (failpoint === 'writer.before-commit') return Array.from({ length: 12 }, (_unused, index) => index + 1)
  // eBay is read window by window, and the second holds the orders; everybody else's first page does.
  if (failpoint === 'poll.page-stored') return platform === 'ebay' ? [2, 1] : [1]
  // Two orders make two effects.
  return [1, 2]
}

function nothingKnown({ dossiers }: Remains): string | undefined {
  return dossiers.length === 0 ? undefined : 'orders of the page that was not committed are stored'
}

function nothingSent({ executedWrites }: Remains): string | undefined {
  return executedWrites === 0 ? undefined : 'a call was made before any intent was stored'
}

function intended({ dossiers }: Remains, kind: string): string | undefined {
  return effectsInFlight(dossiers, kind) > 0 ? undefined : 'no intent is stored'
}

function executed(remains: Remains, kind: string): string | undefined {
  if (remains.executedWrites === 0) return 'the other side has executed nothing'
  return intended(remains, kind)
}

function effectsInFlight(dossiers: readonly Dossier[], kind: string): number {
  return dossiers.flatMap((dossier) => dossier.effects).filter((effect) => effect.kind === kind && effect.state === 'inflight').length
}

/** The shop that a case's house needs. */
export function shopsOf({ platform }: KillCase): readonly string[] {
  return [shopOf[platform]]
}
