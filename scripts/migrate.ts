import { silentLog } from '../daemon/log.ts'
import { openConfigured } from '../daemon/run-command.ts'
import { createProgram, requireConfig, runProgram } from './command-line.ts'

const program = createProgram('migrate', 'creates the database or brings it up to date; every other command does so too')

program.action(async (options: { config?: string }) => {
  const config = await requireConfig(options.config)
  const storage = await openConfigured(config, silentLog)
  const { engine } = storage
  await storage.close()
  process.stdout.write(`the ${engine} database is up to date\n`)
})

await runProgram(program)
