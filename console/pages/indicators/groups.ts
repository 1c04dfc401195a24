import type { IndicatorWords } from '../../../src/http/shapes.ts'

/** Which questions an indicator answers; the catalogue lists them under these heads. */
export const groups = [
  'experience',
  'service',
  'order',
  'behaviour',
  'own',
] as const satisfies IndicatorWords['group'][]
export type Group = (typeof groups)[number]
