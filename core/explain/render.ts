import type { Instant } from '../value/instant.ts'
import { dictionaries } from './dictionaries.ts'
import type { RejectedExplanation } from './explain-rejected.ts'
import type { ExplainedHold, Explanation } from './explanation.ts'
import { distanceOf, moment } from './moments.ts'
import type { Words } from './words.ts'

/** One readable page. Times are UTC. */
export function renderExplanation(explanation: Explanation, now: Instant): string {
  const words = dictionaries[explanation.language]
  const { titles, say, outside } = words
  const { orderNo, headline, summary, platformSaid, decided, holds, history, next } = explanation
  const steps = decided.steps.flatMap((step) => [`${step.title}${words.colon}${step.result}`, ...indented(step.details)])
  const sent = explanation.outside.flatMap((step) => [step.text, ...indented(step.details)])
  const heading = next.kind === 'person' ? words.next.person : next.kind === 'by-itself' ? words.next.byItself : ''
  return [
    `${orderNo}  ${headline}`,
    summary,
    ...section(titles.platform, platformSaid),
    ...section(titles.decided, [decided.text, ...(decided.isOutdated ? [say.otherVersion] : []), ...indented(steps)]),
    ...section(titles.outside, sent.length === 0 ? [outside.nothing] : sent),
    ...section(titles.holds, holds.length === 0 ? [say.nothingWaits] : holds.flatMap((hold) => renderHold(hold, now, words))),
    ...section(titles.history, history.length === 0 ? [say.noHistory] : history.map(({ at, text }) => `${moment(at)}  ${text}`)),
    ...section(titles.next, [
      heading === '' ? next.text : `${heading}${words.colon}${next.text}`,
      ...indented(next.commands),
      ...next.notes.map((note) => `! ${note}`),
    ]),
  ].join('\n')
}

/** The page of a record that is no order. */
export function renderRejected({ headline, summary, facts, next, language }: RejectedExplanation): string {
  const { titles, next: words, colon } = dictionaries[language]
  return [
    headline,
    summary,
    ...section(titles.platform, facts),
    ...section(titles.next, [`${words.person}${colon}${next.text}`, ...indented(next.commands)]),
  ].join('\n')
}

function renderHold(hold: ExplainedHold, now: Instant, words: Words): readonly string[] {
  const { say, colon } = words
  const about = hold.subject === '' ? '' : ` ${say.about(hold.subject)}`
  return [
    `${hold.reason}${about}${colon}${hold.why}`,
    ...indented([
      `${say.since(moment(hold.since), distanceOf(now, hold.since, words))}${words.listMark}${say.placedBy(words.holdSources[hold.source])}`,
      `${say.detail}${colon}${hold.detail}`,
      `${say.ends}${colon}${hold.ends}`,
      ...hold.suggestions,
      ...hold.commands.map((command) => `${say.run}${colon}${command}`),
    ]),
  ]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', title, ...indented(lines)]
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}
