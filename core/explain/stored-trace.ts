import { z } from 'zod'

const comparison = z.object({ asked: z.string(), found: z.string(), verdict: z.union([z.boolean(), z.literal('unknown')]) })
const trial = z.object({
  rule: z.string(),
  ruleZh: z.string().optional(),
  result: z.enum(['matched', 'not-matched', 'fx-missing']),
  compared: z.array(comparison).default([]),
})
const step = z.object({
  stage: z.string(),
  result: z.string(),
  details: z.array(z.string()).default([]),
  rules: z.array(trial).default([]),
})
const storedTrace = z.object({ version: z.string(), steps: z.array(z.unknown()) })

export type StoredTrial = z.output<typeof trial>
export type StoredStep = z.output<typeof step>

/** Reads a trace as it was stored, perhaps by an older version: steps that cannot be read are left out. */
export function readTrace(trace: unknown): { readonly version: string; readonly steps: readonly StoredStep[] } | undefined {
  const stored = storedTrace.safeParse(trace)
  if (!stored.success) return undefined
  return { version: stored.data.version, steps: stored.data.steps.flatMap((one) => step.safeParse(one).data ?? []) }
}
