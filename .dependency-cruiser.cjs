/**
 * The arrows of the house; docs/architecture.md draws them. `test/meta/arrows.test.ts` breaks each one on
 * purpose and sees that it is noticed.
 */
const arrows = {
  core: [],
  connectors: ['core'],
  'wms-adapter': ['core'],
  storage: ['core'],
  config: ['core'],
  console: ['core'],
  sandbox: ['core'],
  daemon: ['core', 'connectors', 'wms-adapter', 'storage', 'config', 'console'],
  scripts: ['core', 'daemon', 'config', 'sandbox'],
}
/** Rooms that may look into every other one; nothing looks into them. */
const outside = ['test', 'bench']
const rooms = [...Object.keys(arrows), ...outside]

const only = ([room, allowed]) => ({
  name: `${room}-imports-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: `^(${rooms.filter((other) => other !== room && !allowed.includes(other)).join('|')})/` },
})
const packageOnlyIn = (name, packages, where) => ({
  name: `${name}-only-in-its-place`,
  severity: 'error',
  from: { path: `^(${rooms.join('|')})/`, pathNot: where },
  to: { path: `node_modules/(${packages.join('|')})/` },
})

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...Object.entries(arrows).map(only),
    {
      name: 'every-folder-is-a-room',
      severity: 'error',
      from: { path: `^(?!${rooms.join('/|')}/|node_modules/)[^/]+/.+\\.(ts|mjs|cjs)$` },
      to: {},
    },
    {
      name: 'core-does-no-input-or-output',
      severity: 'error',
      from: { path: '^core/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'], pathNot: '(node_modules/zod/|^(node:)?crypto$)' },
    },
    {
      name: 'sandbox-knows-only-words',
      comment: 'What simulates the outside must not share code with what is tested against it.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^core/', pathNot: '^core/(model|value)/|^core/audit/ledger\\.ts$' },
    },
    {
      name: 'connectors-do-not-know-each-other',
      severity: 'error',
      from: { path: '^connectors/([^/]+)/' },
      to: { path: '^connectors/([^/]+)/', pathNot: '^connectors/($1|shared)/' },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      from: { path: '^wms-adapter/([^/]+)/' },
      to: { path: '^wms-adapter/([^/]+)/', pathNot: '^wms-adapter/($1|shared)/' },
    },
    {
      name: 'shared-knows-no-connector',
      severity: 'error',
      from: { path: '^(connectors|wms-adapter)/shared/' },
      to: { path: '^(connectors|wms-adapter)/(?!shared/)' },
    },
    packageOnlyIn('sql', ['knex', 'better-sqlite3', 'pg'], '^(storage|test|bench)/'),
    packageOnlyIn('queue', ['p-queue', 'node-cron', 'pg-boss'], '^(daemon|test|bench)/'),
    packageOnlyIn('amazon-sdk', ['amazon-sp-api'], '^(connectors/amazon/client\\.ts|test/)'),
    packageOnlyIn('ebay-sdk', ['ebay-api'], '^(connectors/ebay/client\\.ts|test/)'),
    packageOnlyIn('shopify-sdk', ['@shopify'], '^(connectors/shopify/client\\.ts|test/)'),
    {
      name: 'only-demo-bench-and-tests-start-the-sandbox',
      severity: 'error',
      from: { path: '^scripts/', pathNot: '^scripts/(demo|sandbox)(\\.ts$|/)' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'the-product-runs-without-development-packages',
      severity: 'error',
      from: { path: `^(${Object.keys(arrows).join('|')})/` },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(coverage|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
