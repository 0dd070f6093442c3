import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { importCatalog } from './import.ts'
import { assignOrder, editOrder, markShipped, workOnHolds } from './orders.ts'
import { resync } from './resync.ts'
import { sweepNow } from './sweep.ts'
import { sync } from './sync.ts'

/** What a running daemon executes for a command from another terminal, by the request's kind. */
export const commands = {
  sync,
  resync,
  import: importCatalog,
  holds: workOnHolds,
  edit: editOrder,
  assign: assignOrder,
  'mark-shipped': markShipped,
  sweep: sweepNow,
  connect,
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof commands
