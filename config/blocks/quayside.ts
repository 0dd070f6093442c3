import { z } from 'zod'

const databaseUrl = z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'expected "sqlite:PATH" or "postgres://USER@HOST/DATABASE"')

const privacyKey = z.string().refine(isKey, 'expected 32 random bytes in base64; `npm run init` makes such a key')

/** quayside.yaml: the installation as a whole. */
export const quaysideFile = z.strictObject({
  database: z.strictObject({ url: databaseUrl.describe('sqlite:PATH for one seller, postgres://… for many shops') }),
  privacy: z.strictObject({
    key: privacyKey.describe('32 random bytes in base64; encrypts personal data'),
    retainDaysAfterDelivery: z.int().min(0).max(3650).default(30).describe('Days after delivery until personal data is removed'),
  }),
  console: z.strictObject({ port: z.int().min(0).max(65535).default(8080).describe('Port of the console on this machine') }).prefault({}),
  writeStop: z.boolean().default(false).describe('true: read and plan, change nothing outside'),
})

function isKey(value: string): boolean {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(value) && Buffer.from(value, 'base64').length === 32
}
