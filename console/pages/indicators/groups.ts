import type { Catalogue } from '../../../src/http/shapes.ts'

/** Which questions an indicator answers; the catalogue lists them under these heads. */
export const groups = ['experience', 'service', 'order', 'behaviour', 'own'] as const
export type Group = (typeof groups)[number]

/** The head under which the server puts an indicator; one without any is of experience. */
export function groupOf(of: Catalogue['indicators'][number] | undefined): Group {
  const told = of && 'group' in of ? of.group : undefined
  return groups.find((one) => one === told) ?? 'experience'
}
