// The one entry of every npm script. Plain JavaScript, so that an old Node can still say what is wrong.
import * as nodeModule from 'node:module'

const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(`Quayside needs Node 24 or newer, this is ${process.versions.node}. Run "npm ci" and start it with "npm run …": that brings its own Node on Linux and Windows; on macOS install Node 24.`)
  process.exit(2)
}
nodeModule.enableCompileCache()
const [, , name, ...rest] = process.argv
process.argv = [process.argv[0], `npm run ${name}`, ...rest]
await import(`./${name}.ts`)
