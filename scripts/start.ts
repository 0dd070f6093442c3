import { createLog } from '../daemon/log.ts'
import { startDaemon } from '../daemon/main.ts'
import { createProgram, requireConfig, runProgram, untilInterruptedOrAlone } from './command-line.ts'

const program = createProgram('start', 'runs the daemon until it is told to end')

program.action(async (options: { config?: string }) => {
  const config = await requireConfig(options.config)
  const interrupted = untilInterruptedOrAlone()
  const daemon = await startDaemon(config, createLog())
  if (!interrupted.aborted) await new Promise((resolve) => interrupted.addEventListener('abort', resolve, { once: true }))
  await daemon.stop()
})

await runProgram(program)
