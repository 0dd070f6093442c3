import { whenAborted } from '../daemon/lease-keeper.ts'
import { createLog } from '../daemon/log.ts'
import { startDaemon } from '../daemon/main.ts'
import { createProgram, requireConfig, runProgram, untilInterruptedOrAlone } from './command-line.ts'

const program = createProgram('start', 'runs the daemon until it is told to end')

program.action(async (options: { config?: string }) => {
  const config = await requireConfig(options.config)
  const interrupted = untilInterruptedOrAlone()
  const daemon = await startDaemon(config, createLog())
  await whenAborted(AbortSignal.any([interrupted, daemon.superseded]))
  await daemon.stop()
  daemon.superseded.throwIfAborted()
})

await runProgram(program)
