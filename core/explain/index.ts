/** `why`: the explanation of one order, in the words of an operator. */

export { distanceInWords } from './distance.ts'
export { explainOrder } from './explain-order.ts'
export { explainRejected, type RejectedExplanation } from './explain-rejected.ts'
export type { ExplainContext, Explanation } from './explanation.ts'
export { moment } from './moments.ts'
export { renderExplanation, renderRejected } from './render.ts'
export { type Language, languages } from './words.ts'
