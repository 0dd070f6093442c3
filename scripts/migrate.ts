import { silentLog } from '../daemon/log.ts'
import { withDatabase } from '../daemon/run-command.ts'
import { createProgram, requireConfig, runProgram } from './command-line.ts'

const program = createProgram('migrate', 'creates the database or brings it up to date; every other command does so too')

program.action(async (options: { config?: string }) => {
  const config = await requireConfig(options.config)
  const engine = await withDatabase(config, silentLog, async (storage) => storage.engine)
  process.stdout.write(`the ${engine} database is up to date\n`)
})

await runProgram(program)
