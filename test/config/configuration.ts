import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { type Config, type ConfigParts, formatProblem, loadConfig } from '../../config/index.ts'

const secret = z.string().min(1)

/** Definitions as a connector and an adapter would hand them over; their settings have every kind of key. */
export const parts: ConfigParts = {
  connectors: [
    {
      platform: 'shopify',
      secrets: ['clientSecret', 'accessToken'],
      rateLimits: { graphql: { perSecond: 100, burst: 2000 } },
      accountKeys: (settings) => [(settings as { readonly shop: string }).shop],
      settings: z
        .strictObject({
          shop: z.string().regex(/\.myshopify\.com$/, 'expected the address NAME.myshopify.com'),
          clientId: z.string().optional(),
          clientSecret: secret.optional(),
          accessToken: secret.optional(),
          apiVersion: z.string().default('2026-10'),
        })
        .refine(
          (value) => value.accessToken !== undefined || value.clientSecret !== undefined,
          'give accessToken, or clientId and clientSecret',
        ),
    },
    {
      platform: 'ebay',
      secrets: ['certId', 'refreshToken'],
      rateLimits: { fulfillment: { perSecond: 1, burst: 5 } },
      accountKeys: () => [],
      settings: z.strictObject({
        appId: z.string(),
        certId: secret,
        refreshToken: secret.optional(),
        marketplaceId: z.enum(['EBAY_DE', 'EBAY_US']),
      }),
    },
  ],
  adapters: [
    {
      adapter: 'goodcang',
      secrets: ['appToken'],
      rateLimits: { default: { perSecond: 1, burst: 3 } },
      settings: z.strictObject({ appKey: z.string(), appToken: secret }),
    },
  ],
  environment: { QUAYSIDE_KEY: Buffer.alloc(32, 7).toString('base64'), SECRET: 'hush-hush' },
}

/** A small configuration without a mistake. */
export const goodFiles: Readonly<Record<string, string>> = {
  'quayside.yaml': `database: { url: "sqlite:./data/test.db" }
privacy: { key: "\${env:QUAYSIDE_KEY}" }
`,
  'shops.yaml': `shops:
  - id: brand
    platform: shopify
    poll: { since: 2026-11-01T00:00:00Z }
    settings: { shop: brand.myshopify.com, clientId: c, clientSecret: "\${env:SECRET}" }
`,
  'warehouses.yaml': `accounts:
  - id: gc
    adapter: goodcang
    settings: { appKey: k, appToken: "\${env:SECRET}" }
warehouses:
  - code: NJ
    account: gc
    wmsCode: USEA
    country: US
    timezone: America/New_York
    cutoff: "15:00"
    services:
      - code: ground
        wmsCode: FEDEX_GROUND
        carrier: fedex
        countries: [US]
        maxWeightGrams: 30000
        days: [2, 5]
        price: { base: "6.10", currency: USD }
`,
  'carriers.yaml': `carriers:
  fedex: { name: FedEx, shopify: FedEx }
`,
}

/** Writes the good configuration with some files replaced, added, or (undefined) left out. */
export async function writeFolder(changes: Readonly<Record<string, string | undefined>> = {}): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'quayside-config-'))
  for (const [name, content] of Object.entries({ ...goodFiles, ...changes })) {
    if (content === undefined) continue
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content)
  }
  return folder
}

/** The good file with one text replaced; fails when the text is not in it, so that no case passes by accident. */
export function changed(name: string, from: string, to: string): Readonly<Record<string, string>> {
  const content = goodFiles[name]
  if (!content?.includes(from)) throw new Error(`${name} does not contain ${from}`)
  return { [name]: content.replace(from, () => to) }
}

/** The problems as `npm run config:check` prints them, without the folder. */
export async function problemsOf(folder: string, using: ConfigParts = parts): Promise<readonly string[]> {
  const outcome = await loadConfig(folder, using)
  if ('config' in outcome) return []
  return outcome.problems.map((problem) => formatProblem(problem).replace(`${folder}/`, ''))
}

export async function configOf(folder: string, using: ConfigParts = parts): Promise<Config> {
  const outcome = await loadConfig(folder, using)
  if ('problems' in outcome) throw new Error(outcome.problems.map(formatProblem).join('\n'))
  return outcome.config
}
