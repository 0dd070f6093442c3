import type { Knex } from 'knex'
import type { Engine } from './dialect.ts'
import { isChainIntact } from './events.ts'

const pageSize = 1_000

/** Problems of the file and of the event chains, one sentence each; empty when there is none. Reads everything: minutes on a large database. */
export async function findDamage(database: Knex, engine: Engine): Promise<readonly string[]> {
  const ofFile = engine === 'sqlite' ? await damageOfFile(database) : []
  // What stands on damaged pages cannot be judged.
  return ofFile.length > 0 ? ofFile : await brokenChains(database)
}

async function damageOfFile(database: Knex): Promise<readonly string[]> {
  try {
    const rows: { integrity_check: string }[] = await database.raw('pragma integrity_check')
    return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok')
  } catch (error) {
    return [`the database file cannot be read: ${error instanceof Error ? error.message : String(error)}`]
  }
}

async function brokenChains(database: Knex): Promise<readonly string[]> {
  const problems: string[] = []
  for await (const orderNo of ordersWithEvents(database)) {
    if (!(await isChainIntact(database, orderNo))) problems.push(`the event log of order ${orderNo} was changed outside`)
  }
  return problems
}

/** From both tables: the events may be gone while the chain's end remains, or the other way round. */
async function* ordersWithEvents(database: Knex): AsyncGenerator<string> {
  let last = ''
  while (true) {
    const inEvents = database('order_events').distinct('order_no').where('order_no', '>', last)
    const inChains = database('event_chains').select('order_no').where('order_no', '>', last)
    const rows: { order_no: string }[] = await inEvents.union(inChains).orderBy('order_no').limit(pageSize)
    for (const row of rows) yield row.order_no
    const end = rows[rows.length - 1]
    if (!end || rows.length < pageSize) return
    last = end.order_no
  }
}
