export type { VendureReview } from './map.ts'
export { type DaystarOptions, DaystarPlugin } from './plugin.ts'
