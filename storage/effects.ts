import type { Effect, EffectKind, EffectState } from '../core/model/effect.ts'
import type { EffectStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import type { Cipher, Place } from './encryption.ts'
import { present } from './json.ts'
import { chunks, loadByKeys, type RowAccess } from './rows.ts'

interface EffectRow {
  readonly effect_key: string
  readonly kind: string
  readonly account: string
  readonly client_id: string
  readonly order_no: string
  readonly fo_no: string | null
  readonly payload: Buffer
  readonly payload_hash: string
  readonly state: string
  readonly attempt: number
  readonly epoch: number
  readonly probes: number
  readonly absences: number
  readonly remote_id: string | null
  readonly error_code: string | null
  readonly error_message: string | null
  readonly created_at: string
  readonly armed_at: string | null
  readonly missed_at: string | null
  readonly settled_at: string | null
  readonly verified_at: string | null
  readonly next_attempt_at: string | null
}

/** States in which a lane acts by itself when the time has come. */
const actionableStates: readonly EffectState[] = ['planned', 'accepted', 'unknown', 'confirmed']

/** Sorts after every moment: stock offers have no order, and some orders no deadline. */
const noDeadline = '9999'

export function effectStore({ database, cipher }: RowAccess): EffectStore {
  const rows = () => database<EffectRow>('effects')
  const toEffects = (found: readonly EffectRow[]) => found.map((row) => fromRow(row, cipher))
  const actionable = (account: string, kinds: readonly EffectKind[]) =>
    database('effects').where({ account }).whereIn('kind', kinds).whereIn('state', actionableStates)

  return {
    async save(effect) {
      const urgency = database.raw('coalesce((select ship_by from orders where order_no = ?), ?)', [effect.orderNo, noDeadline])
      await database('effects')
        .insert({ ...toRow(effect, cipher), urgency })
        .onConflict('effect_key')
        .merge()
    },

    async load(key) {
      return toEffects(await rows().where('effect_key', key))[0]
    },

    async forOrders(orderNos) {
      const found = await loadByKeys(orderNos, async (chunk) => {
        return await rows().whereIn('order_no', chunk).orderBy(['order_no', 'created_at', 'effect_key'])
      })
      return toEffects(found)
    },

    async due({ account, kinds, now, limit }) {
      // The expression keeps the index by time out of it: that one would read and sort everything that is due.
      const found: EffectRow[] = await actionable(account, kinds)
        .whereNotNull('next_attempt_at')
        .whereRaw("next_attempt_at || '' <= ?", [now])
        .orderByRaw('urgency, next_attempt_at, created_at, effect_key')
        .limit(limit)
      return toEffects(found)
    },

    async nextDue(account, kinds) {
      const row = await actionable(account, kinds).whereNotNull('next_attempt_at').min({ at: 'next_attempt_at' }).first()
      return (row?.['at'] ?? undefined) as Instant | undefined
    },

    async refreshUrgency(orderNos) {
      const shipBy = database.raw('coalesce((select ship_by from orders where orders.order_no = effects.order_no), ?)', [noDeadline])
      for (const chunk of chunks(orderNos)) {
        await database('effects').whereIn('order_no', chunk).whereNotNull('next_attempt_at').update({ urgency: shipBy })
      }
    },

    async inflightBefore(epoch) {
      const inflight: EffectState = 'inflight'
      return toEffects(await rows().where('state', inflight).where('epoch', '<', epoch).orderBy(['created_at', 'effect_key']))
    },

    async inState(states, account) {
      const select = rows().whereIn('state', states)
      if (account !== undefined) select.where({ account })
      return toEffects(await select.orderBy(['created_at', 'effect_key']))
    },

    async countOpen() {
      const open = await rows().whereIn('state', openStates).groupBy('account').select('account').count({ count: '*' })
      return new Map(open.map((row) => [String(row['account']), Number(row['count'])]))
    },
  }
}

const openStates: readonly Effect['state'][] = ['planned', 'inflight', 'accepted', 'unknown']

function toRow(effect: Effect, cipher: Cipher): EffectRow {
  return {
    effect_key: effect.key,
    kind: effect.kind,
    account: effect.account,
    client_id: effect.clientId,
    order_no: effect.orderNo,
    fo_no: effect.foNo ?? null,
    payload: cipher.seal(payloadOf(effect.key), effect.payload),
    payload_hash: effect.payloadHash,
    state: effect.state,
    attempt: effect.attempt,
    epoch: effect.epoch,
    probes: effect.probes,
    absences: effect.absences,
    remote_id: effect.remoteId ?? null,
    error_code: effect.errorCode ?? null,
    error_message: effect.errorMessage ?? null,
    created_at: effect.createdAt,
    armed_at: effect.armedAt ?? null,
    missed_at: effect.missedAt ?? null,
    settled_at: effect.settledAt ?? null,
    verified_at: effect.verifiedAt ?? null,
    next_attempt_at: effect.nextAttemptAt ?? null,
  }
}

function fromRow(row: EffectRow, cipher: Cipher): Effect {
  return {
    key: row.effect_key,
    kind: row.kind as EffectKind,
    account: row.account,
    clientId: row.client_id,
    orderNo: row.order_no,
    payload: cipher.open(payloadOf(row.effect_key), row.payload),
    payloadHash: row.payload_hash,
    state: row.state as EffectState,
    attempt: row.attempt,
    epoch: row.epoch,
    probes: row.probes,
    absences: row.absences,
    createdAt: row.created_at as Instant,
    ...present({
      foNo: row.fo_no,
      remoteId: row.remote_id,
      errorCode: row.error_code,
      errorMessage: row.error_message,
      armedAt: row.armed_at as Instant | null,
      missedAt: row.missed_at as Instant | null,
      settledAt: row.settled_at as Instant | null,
      verifiedAt: row.verified_at as Instant | null,
      nextAttemptAt: row.next_attempt_at as Instant | null,
    }),
  }
}

function payloadOf(key: string): Place {
  return { table: 'effects', column: 'payload', rowKey: key }
}
