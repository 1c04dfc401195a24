import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fail, ok, type Result } from '../core/result.ts'
import { Misfit, number, type Shape, type Shaped, strictObject, string } from '../core/shape.ts'
import { sigmoid } from './classifier.ts'

/** Figures of a conversation from which satisfaction is told: counts are logarithms, shares are of the customer's turns, scores as a reading's. */
export type DialogueFeatures = Record<FeatureName, number>

export const featureNames = [
  'customerTurns',
  'helperTurns',
  'customerLength',
  'helperLength',
  'meanScore',
  'firstScore',
  'lastScore',
  'worstScore',
  'drift',
  'angry',
  'sarcastic',
  'threatens',
  'returns',
  'urgent',
  'asks',
  'negativeShare',
  'problems',
  'thanksAtEnd',
  'resolvedAtEnd',
  'unresolvedAtEnd',
  'unresolved',
  'repeats',
  'customerEnds',
  'offers',
  'apologies',
  'refusals',
  'helperRepeats',
] as const
type FeatureName = (typeof featureNames)[number]

const positive: Shape<number> = (value) =>
  typeof value === 'number' && value > 0 ? value : new Misfit([], 'is not above 0')
const feature = strictObject({ mean: number, deviation: positive, weight: number })

const headFile = strictObject({
  /** What it was trained on and what it reached, for people. */
  about: string(),
  intercept: number,
  features: strictObject(
    Object.fromEntries(featureNames.map((name) => [name, feature])) as Record<FeatureName, typeof feature>,
  ),
  /** Confidence that the side of 0.5 is right: σ(slope · |value − 0.5| + base). */
  confidence: strictObject({ slope: number, base: number }),
})

/** A linear head over the figures of a conversation (`models/reader/dialogue.json`, made by `learn/reader/train-dialogue.ts`). */
export type DialogueHead = Shaped<typeof headFile>

const DEFAULT_HEAD_FILE = path.resolve(import.meta.dirname, '../../models/reader/dialogue.json')

/** Reads a head; null where none is shipped. A file that is none is a problem that says so. */
export function loadDialogueHead(file: string = DEFAULT_HEAD_FILE): Result<DialogueHead | null> {
  if (!existsSync(file)) return ok(null)
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return unusable(file, (error as Error).message)
  }
  const head = headFile(json)
  return head instanceof Misfit ? unusable(file, `${head.at.join('.')}: ${head.reason}`) : ok(head)
}

const unusable = (file: string, why: string) =>
  fail({
    code: 'dialogue_head_unusable',
    message: `The head that tells satisfaction from conversations cannot be used: ${file}: ${why}.`,
    remedy: 'Restore the file or train it again (node src/understand/learn/reader/train-dialogue.ts).',
  })

/** Satisfaction, 0 to 1, and how sure that its side of 0.5 is right. */
export function predictSatisfaction(
  features: DialogueFeatures,
  head: DialogueHead | null,
): { value: number; confidence: number } {
  const { meanScore, lastScore, resolvedAtEnd, unresolvedAtEnd } = features
  const plain = 0.5 + 0.2 * meanScore + 0.2 * lastScore + 0.1 * resolvedAtEnd - 0.1 * unresolvedAtEnd
  const value = clamp(head ? valueBy(head, features) : plain)
  const { slope, base } = head?.confidence ?? { slope: 2, base: 0 }
  return { value: round(value), confidence: round(sigmoid(slope * Math.abs(value - 0.5) + base)) }
}

/** The head's own value, before it is brought between 0 and 1. */
export function valueBy(
  { intercept, features }: Pick<DialogueHead, 'intercept' | 'features'>,
  of: DialogueFeatures,
): number {
  let value = intercept
  for (const name of featureNames) {
    const feature = features[name]
    if (feature) value += ((of[name] - feature.mean) / feature.deviation) * feature.weight
  }
  return value
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value))
const round = (value: number): number => Math.round(value * 1000) / 1000
