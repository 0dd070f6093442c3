import { z } from 'zod'
import { runPass } from '../../core/lanes/run-pass.ts'
import type { Command } from './command.ts'

const argumentsSchema = z.object({ shop: z.string().optional() })

/** Runs the completeness check of one shop or all, now. */
export const sweepNow: Command = async (runtime, args, signal) => {
  const { shop } = argumentsSchema.parse(args)
  const shops = runtime.accounts('sweep').filter((account) => shop === undefined || account === shop)
  const results = await Promise.all(
    shops.map(async (account) => ({
      shop: account,
      result: await runPass(runtime.world, 'sweep', account, signal, { evenIfPaused: true }),
    })),
  )
  return results.map(({ shop: id, result }) => ({
    shop: id,
    ok: 'report' in result,
    ...('problem' in result && { message: result.problem.message }),
  }))
}
