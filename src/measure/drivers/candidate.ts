import { createHash } from 'node:crypto'

/** Something that may go with an outcome: what customers complain of (`factor` = `aspect`), or a fact of the operation. */
export interface Candidate {
  outcome: string
  /** Empty for all categories together. */
  category: string
  factor: string
  aspect: string
  /** Empty where the scene is not part of it. */
  scene: string
  /** Which one, of a factor that has several: the merchant, the city, the fact and the end of it. Absent where there is but one. */
  value?: string
}

/** The same candidate has the same name, another one another. */
export function candidateName({ outcome, category, factor, aspect, scene, value }: Candidate): string {
  const parts = [outcome, category, factor, aspect, scene]
  return JSON.stringify(value ? [...parts, value] : parts)
}

/** The same candidate has the same id for ever, whatever the figures say: tickets and proofs refer to it. */
export const candidateId = (candidate: Candidate): string =>
  createHash('sha256').update(candidateName(candidate)).digest('hex').slice(0, 16)
