import { counted, createProgram, print, requireConfig, runProgram } from './command-line.ts'

const program = createProgram('config:check', 'checks the configuration and starts nothing; exit 2 on problems').option(
  '--json',
  'one JSON document',
)

program.action(async (options: { config?: string; json?: boolean }) => {
  const config = await requireConfig(options.config)
  const summary = {
    shops: config.shops.length,
    accounts: config.accounts.length,
    warehouses: config.warehouses.length,
    carriers: config.carriers.length,
    version: config.hash,
  }
  print(
    options.json,
    summary,
    () =>
      `${config.folder}: ${counted(summary.shops, 'shop')}, ${counted(summary.accounts, 'warehouse account')}, ${counted(summary.warehouses, 'warehouse')}, ${counted(summary.carriers, 'carrier')}, no problem`,
  )
})

await runProgram(program)
