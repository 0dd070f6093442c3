import { configFolder } from '../daemon/load.ts'
import { keyFile, makeConfiguration, type NewConfiguration, shown } from '../daemon/make-configuration.ts'
import { createProgram, print, runProgram, table } from './command-line.ts'

const program = createProgram('init', 'makes a configuration out of the example, with a key; never overwrites anything').option(
  '--json',
  'one JSON document',
)

program.action(async (options: { config?: string; json?: boolean }) => {
  const made = await makeConfiguration(configFolder(options.config), process.env)
  const tail = options.config === undefined ? '' : ` -- --config ${options.config}`
  print(options.json, made, () => describe(made, tail))
})

function describe({ folder, files, variables }: NewConfiguration, tail: string): string {
  const place = shown(folder)
  return [
    `${place} now holds ${files.join(', ')} and ${keyFile}.`,
    '',
    `BACK UP ${place}/${keyFile} NOW, somewhere else than the database. It encrypts the buyers' addresses and your tokens;`,
    'without it nobody can read them any more, and with it and the database anybody can.',
    '',
    'What to do next:',
    '1. Keep the shops and warehouses that you have, delete the others, and fill in ids and codes. Every line is explained in it.',
    '2. Set the variables that the files ask for, in the environment of Quayside:',
    table(variables.map(({ name, file, line, isSet }) => [`     ${name}`, `${place}/${file}:${line}`, isSet ? 'set' : 'NOT SET'])),
    '   A refresh token may be left out where the platform has a consent page: "npm run connect -- --shop ID" gets it.',
    `3. npm run config:check${tail}   tells every mistake with file, line and column.`,
    `4. npm start${tail}   reads and plans. Nothing is sent anywhere: writeStop is true in quayside.yaml.`,
    '   Look at the orders, holds and plans; when they are right, set writeStop to false.',
  ].join('\n')
}

await runProgram(program)
