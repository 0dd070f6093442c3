/** The kinds of work, in the order in which an order meets them. */
export const laneNames = ['poll', 'stock', 'plan', 'push', 'track', 'confirm', 'sweep'] as const
export type LaneName = (typeof laneNames)[number]
