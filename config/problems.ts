/** One mistake in a configuration or catalog file. Lines and columns count from 1; the message holds no secret. */
export interface Problem {
  /** Relative to the working directory when it lies inside. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
}

/** How a problem reads everywhere: `file:line:column  message`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}  ${problem.message}`
}

/** Sorted by file, line and column; the same sentence at the same place is said once. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const sorted = [...problems].sort(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.message, b.message),
  )
  return sorted.filter((problem, index) => index === 0 || formatProblem(problem) !== formatProblem(sorted[index - 1] ?? problem))
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
