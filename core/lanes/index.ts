import type { LaneName } from '../model/lane.ts'
import type { Lane } from '../world.ts'
import { confirm } from './confirm.ts'
import { plan } from './plan.ts'
import { poll } from './poll.ts'
import { push } from './push.ts'
import { stock } from './stock.ts'
import { sweep } from './sweep.ts'
import { track } from './track.ts'

/** The whole product, lane by lane. */
export const lanes: Readonly<Record<LaneName, Lane>> = { poll, stock, plan, push, track, confirm, sweep }

/** Whose work a lane does. */
export const laneAccounts = {
  poll: 'shop',
  stock: 'wms-account',
  plan: 'client',
  push: 'wms-account',
  track: 'wms-account',
  confirm: 'shop',
  sweep: 'shop',
} as const satisfies Record<LaneName, 'shop' | 'wms-account' | 'client'>
