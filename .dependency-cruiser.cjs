/** The arrows of the house: docs/architecture.md. `npm run check` also fails when no module was seen. */
const rooms = ['core', 'connectors', 'wms-adapter', 'storage', 'config', 'daemon', 'console', 'sandbox', 'scripts', 'test', 'bench']
const only = (room, allowed) => ({
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
    only('core', []),
    only('connectors', ['core']),
    only('wms-adapter', ['core']),
    only('storage', ['core']),
    only('config', ['core']),
    only('console', ['core']),
    only('sandbox', ['core']),
    only('daemon', ['core', 'connectors', 'wms-adapter', 'storage', 'config', 'console']),
    only('scripts', ['core', 'daemon', 'config', 'sandbox']),
    {
      name: 'core-does-no-input-or-output',
      severity: 'error',
      from: { path: '^core/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'], pathNot: '(node_modules/zod/|^(node:)?crypto$)' },
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
    packageOnlyIn('sql', ['knex', 'better-sqlite3', 'pg'], '^(storage|test)/'),
    packageOnlyIn('queue', ['p-queue', 'node-cron', 'pg-boss'], '^daemon/'),
    packageOnlyIn('amazon-sdk', ['amazon-sp-api'], '^(connectors/amazon/client\\.ts|test/)'),
    packageOnlyIn('ebay-sdk', ['ebay-api'], '^(connectors/ebay/client\\.ts|test/)'),
    packageOnlyIn('shopify-sdk', ['@shopify'], '^(connectors/shopify/client\\.ts|test/)'),
    {
      name: 'only-demo-bench-and-tests-start-the-sandbox',
      severity: 'error',
      from: { path: '^scripts/', pathNot: '^scripts/(demo|sandbox|demo/.*)' },
      to: { path: '^sandbox/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
