import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { systemClock } from '../../daemon/system.ts'
import { catalogCsv, demoCatalog } from '../../sandbox/index.ts'
import { openSimulations, type Simulations } from './simulations.ts'
import { writeConfiguration } from './write-configuration.ts'

export { warehouseAccount } from './simulations.ts'

/** A call that is never answered costs the demo no more than this. */
const hangMs = 3_000

/** Everything that the demo plays on: simulated platforms and a warehouse over real HTTP, and a configuration for them. */
export interface Stage extends Pick<Simulations, 'marketplaces' | 'warehouse' | 'plan' | 'placed' | 'warehouseSettings'> {
  readonly folder: string
  readonly since: Instant
  readonly catalog: ReturnType<typeof catalogCsv>
  close(keep: boolean): Promise<void>
}

export async function setStage(count: number, seed: number, keep: boolean): Promise<Stage> {
  const since = addMs(systemClock.now(), -3_600_000)
  const simulations = await openSimulations({ count, seed, limits: 'open', since, hangMs })
  const folder = keep ? resolve('data/demo') : await mkdtemp(join(tmpdir(), 'quayside-demo-'))
  if (keep) await rm(folder, { recursive: true, force: true })
  await writeConfiguration({ folder, since, limits: 'open', simulations })
  const { marketplaces, warehouse, plan, placed, warehouseSettings } = simulations
  return {
    folder,
    since,
    marketplaces,
    warehouse,
    plan,
    placed,
    catalog: catalogCsv(demoCatalog),
    warehouseSettings,
    async close(kept) {
      await simulations.close()
      if (!kept) await rm(folder, { recursive: true, force: true })
    },
  }
}
