import type { Failpoint } from '../core/world.ts'

export interface Failpoints {
  hit(name: Failpoint | 'writer.before-commit'): Promise<void>
}

/**
 * For crash tests: `QUAYSIDE_FAILPOINT=NAME:N` ends the process with SIGKILL when the step NAME is
 * reached for the Nth time. Without it nothing happens.
 */
export function failpointsFrom(setting: string | undefined): Failpoints {
  const [name, count = '1'] = (setting ?? '').split(':')
  let left = Number(count)
  return {
    async hit(reached) {
      if (reached !== name) return
      left -= 1
      if (left === 0) process.kill(process.pid, 'SIGKILL')
    },
  }
}
