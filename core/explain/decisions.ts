import { nameIn } from './event-facts.ts'
import type { Decided, DecidedStep, ExplainContext } from './explanation.ts'
import { distanceOf, moment } from './moments.ts'
import { readTrace, type StoredStep, type StoredTrial } from './stored-trace.ts'
import type { Words } from './words.ts'

/** Signs of a configuration's version that people compare. */
const versionSigns = 12

/** The last plan, step by step: rules that were tried, values compared, result, and by which configuration. */
export function explainDecisions({ trace, now, version }: ExplainContext, words: Words): Decided {
  const stored = trace && readTrace(trace.trace)
  if (!trace || !stored) return { text: words.say.notDecided, at: null, version: null, isOutdated: false, steps: [] }
  const { at } = trace
  return {
    text: words.say.decidedAt(moment(at), distanceOf(now, at, words), stored.version.slice(0, versionSigns)),
    at,
    version: stored.version,
    isOutdated: version !== undefined && version !== stored.version,
    steps: stored.steps.map((step) => explainStep(step, words)),
  }
}

function explainStep(step: StoredStep, words: Words): DecidedStep {
  return {
    stage: step.stage,
    title: nameIn(words.stages, step.stage),
    result: words.said(step.result),
    details: [...step.rules.flatMap((trial) => explainTrial(trial, words)), ...step.details.map((detail) => words.said(detail))],
  }
}

/** One line for the rule, one for each comparison it made. */
function explainTrial({ rule, ruleZh, result, compared }: StoredTrial, { say, verdicts, language }: Words): readonly string[] {
  const name = language === 'zh' ? (ruleZh ?? rule) : rule
  const comparisons = compared.map(({ asked, found, verdict }) => {
    const answer = verdict === 'unknown' ? verdicts.unknown : verdict ? verdicts.yes : verdicts.no
    return `  ${say.found(asked, found, answer)}`
  })
  return [say.rule(name, verdicts[result]), ...comparisons]
}
