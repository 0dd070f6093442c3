import { z } from 'zod'

/** The `settings` block of a Goodcang account. Both values come from the customer's OMS page, section API. */
export const goodcangSettings = z.strictObject({
  appKey: z.string().min(1),
  appToken: z.string().min(1),
})

export type GoodcangSettings = z.infer<typeof goodcangSettings>

/** Both headers together are the login, so both are secrets. */
export const goodcangSecrets = ['appKey', 'appToken'] as const
