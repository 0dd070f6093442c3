/** Refuses switches that a simulation does not have, so that a misspelt one is not taken for a behavior. */
export function checkSwitches(simulation: string, switches: Readonly<Record<string, boolean>> | undefined, known: readonly string[]): void {
  const unknown = Object.keys(switches ?? {}).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`the simulated ${simulation} has no switch ${unknown.join(', ')}; it has ${known.join(', ')}`)
}
