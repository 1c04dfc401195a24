import type { Emotion } from '../../../core/reading.ts'
import { Classifier, sigmoid } from '../../classifier.ts'
import { loadReader } from '../../reader.ts'
import { foldText } from '../../text.ts'
import { decodeWeights, encodeWeights, type WeightsHeader } from '../../weights.ts'
import { foldOf } from '../folds.ts'
import { fitLogistic, hashTexts, quantise } from '../linear.ts'
import type { Row } from './datasets.ts'

const SENTIMENT_BITS = 20
const EMOTION_BITS = 17
const EMOTIONS: Emotion[] = ['none', 'happy', 'angry', 'sad', 'fear', 'surprise']
// Calibration needs texts that the classifier has not learnt: every tenth is kept from it for a first fit.
const CALIBRATION_FOLDS = 10

export interface Material {
  /** Labelled `positive` or `negative`, by data set: each set's two classes are brought into balance. */
  sentiment: { id: string; rows: Row[] }[]
  emotion: Row[]
}

type Coefficients = Pick<WeightsHeader['sentiment'], 'a' | 'b' | 'c'>

/** Trains both classifiers and returns the bytes of a weights file. Deterministic by seed. */
export function trainWeights(material: Material, seed: number): Buffer {
  const emotion = trainEmotion(material.emotion, seed)
  const kept = part(material, (row) => foldOf(row.text, CALIBRATION_FOLDS, 'calibration') !== 0)
  const held = part(material, (row) => foldOf(row.text, CALIBRATION_FOLDS, 'calibration') === 0)
  const calibration = calibrate(trainSentiment(kept, seed), held)
  return pack(trainSentiment(material.sentiment, seed), calibration, emotion)
}

const part = (material: Material, keep: (row: Row) => boolean) =>
  material.sentiment.map((set) => ({ ...set, rows: set.rows.filter(keep) }))

interface Trained {
  bits: number
  scale: number
  values: Int8Array
  biases: number[]
}

function trainSentiment(sets: Material['sentiment'], seed: number): Trained {
  const rows = sets.flatMap((set) => set.rows)
  const labels = Int8Array.from(rows, (row) => (row.label === 'positive' ? 1 : 0))
  const weights = Float32Array.from(sets.flatMap((set) => balance(set.rows)))
  const corpus = hashTexts(rows.map((row) => row.text))
  const fit = { bits: SENTIMENT_BITS, epochs: 5, rate: 0.25, decay: 1e-6, seed }
  const model = fitLogistic(corpus, labels, weights, 2, fit)
  return { bits: SENTIMENT_BITS, ...quantise(model.weights), biases: [...model.bias] }
}

/** A weight per row that brings the two classes of a set level, within bounds. */
function balance(rows: Row[]): number[] {
  const positive = rows.filter((row) => row.label === 'positive').length
  const share = { positive: positive / rows.length, negative: 1 - positive / rows.length }
  return rows.map((row) => Math.min(3, Math.max(0.5, 0.5 / share[row.label as 'positive' | 'negative'])))
}

function trainEmotion(rows: Row[], seed: number): Trained {
  const labels = Int8Array.from(rows, (row) => EMOTIONS.indexOf(row.label as Emotion))
  const weights = new Float32Array(EMOTIONS.length)
  for (const label of labels) weights[label]!++
  const perRow = Float32Array.from(labels, (label) => Math.sqrt(rows.length / EMOTIONS.length / weights[label]!))
  const fit = { bits: EMOTION_BITS, epochs: 6, rate: 0.2, decay: 1e-6, seed }
  const model = fitLogistic(hashTexts(rows.map((row) => row.text)), labels, perRow, EMOTIONS.length, fit)
  return { bits: EMOTION_BITS, ...quantise(model.weights), biases: [...model.bias] }
}

function pack(sentiment: Trained, calibration: Coefficients, emotion: Trained): Buffer {
  const header: WeightsHeader = {
    trained: 'daystar-reader-1',
    sentiment: { bits: sentiment.bits, scale: sentiment.scale, bias: sentiment.biases[0]!, ...calibration },
    emotion: { bits: emotion.bits, scale: emotion.scale, classes: EMOTIONS, biases: emotion.biases },
  }
  return encodeWeights(header, sentiment.values, emotion.values)
}

/** Fits p = σ(a · logit + b · lexicon + c) on texts that the classifier has not seen, by gradient descent. */
function calibrate(sentiment: Trained, held: Material['sentiment']): Coefficients {
  const blank: Trained = {
    bits: 8,
    scale: 1,
    values: new Int8Array(256 * EMOTIONS.length),
    biases: EMOTIONS.map(() => 0),
  }
  const decoded = decodeWeights(pack(sentiment, { a: 1, b: 0, c: 0 }, blank))
  if (!decoded.ok) throw new Error(decoded.problem.message)
  const classifier = new Classifier(decoded.value)
  const reader = loadReader({ weightsFile: null })
  const points = held.flatMap((set) => {
    const weights = balance(set.rows)
    return set.rows.map((row, i) => ({
      logit: classifier.sentiment(foldText(row.text), 0, row.text.length),
      lexical: reader.read(row).score,
      label: row.label === 'positive' ? 1 : 0,
      weight: weights[i]!,
    }))
  })
  const fit = { a: 1, b: 1, c: 0 }
  for (let round = 0; round < 400; round++) {
    const slope = { a: 0, b: 0, c: 0 }
    for (const { logit, lexical, label, weight } of points) {
      const error = (sigmoid(fit.a * logit + fit.b * lexical + fit.c) - label) * weight
      slope.a += error * logit
      slope.b += error * lexical
      slope.c += error
    }
    for (const key of ['a', 'b', 'c'] as const) fit[key] -= (0.5 * slope[key]) / points.length
  }
  return fit
}
