/**
 * What the API answers. These schemas make the OpenAPI document and the console's types; the console imports nothing else of src/.
 * Shares are 0–1, NPS is −100 to 100, moments are epoch milliseconds, days `YYYY-MM-DD`, money is in minor units with its currency.
 */
export * from './shapes/basics.ts'
export * from './shapes/drivers.ts'
export * from './shapes/effects.ts'
export * from './shapes/findings.ts'
export * from './shapes/funnels.ts'
export * from './shapes/graph.ts'
export * from './shapes/indicators.ts'
export * from './shapes/journey.ts'
export * from './shapes/listen.ts'
export * from './shapes/llm.ts'
export * from './shapes/overview.ts'
export * from './shapes/packs.ts'
export * from './shapes/privacy.ts'
export * from './shapes/review.ts'
export * from './shapes/session.ts'
export * from './shapes/sources.ts'
export * from './shapes/surveys.ts'
export * from './shapes/tickets.ts'
export * from './shapes/voices.ts'
export * from './shapes/website.ts'
