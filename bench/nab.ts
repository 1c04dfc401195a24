/**
 * The anomaly detector on the series of the Numenta Anomaly Benchmark that lie beside the clone (seven of its 58, so no figure here is
 * comparable with its published table), by the benchmark's own scoring, beside two published detectors with the benchmark's
 * parameters, and on simulated series of ten shapes. "Held out" sets the threshold for each series by the other ones.
 *
 *   node bench/nab.ts [--each]
 */
import { openDetector } from '../src/measure/anomalies/detector.ts'
import { relativeEntropy, windowedGaussian } from './nab/baselines.ts'
import { readCorpus, type Series, stepOf } from './nab/corpus.ts'
import { best, normalised, type Profile, profiles, scoreAt, sweep } from './nab/scoring.ts'
import { synthetic } from './nab/synthetic.ts'

type Scoring = (series: Series) => number[]
const detectors: Record<string, Scoring> = {
  Daystar: (series) => {
    const detector = openDetector({ stepMs: stepOf(series), zone: 'UTC', kind: 'level' })
    return series.values.map((value, place) => detector.push({ at: series.at[place]!, value }).score)
  },
  'relative entropy': ({ values }) => relativeEntropy(values),
  'windowed Gaussian': ({ values }) => windowedGaussian(values),
  random: ({ values }) => randomScores(values.length),
  null: ({ values }) => values.map(() => 0.5),
  perfect: ({ values, windows }) => values.map((_, place) => (windows.some(([start]) => start === place) ? 1 : 0)),
}

const windowsOf = (corpus: readonly Series[]): number => corpus.flatMap(({ windows }) => windows).length
const column = (figure: number): string => figure.toFixed(1).padStart(10)

const real = readCorpus()
if (real) table('real', real)
else console.log('nab: the series are not beside this clone (shared/data/nab)')
/** A seed on which nothing was chosen. */
table('simulated', synthetic(4, 90_000))

function table(what: string, corpus: readonly Series[]): void {
  const points = corpus.reduce((sum, { length }) => sum + length, 0)
  console.log(`nab: ${corpus.length} ${what} series, ${windowsOf(corpus)} windows, ${points} points`)
  console.log(`  ${''.padEnd(20)}${profiles.map(({ name }) => name.padStart(10)).join('')}${'held out'.padStart(12)}`)
  for (const [name, score] of Object.entries(detectors)) {
    const scores = corpus.map(score)
    const figures = profiles.map((profile) =>
      normalised(best(sweep(corpus, scores, profile)).score, windowsOf(corpus), profile),
    )
    const honest = heldOut(corpus, scores, profiles[0]!)
    console.log(`  ${name.padEnd(20)}${[...figures.map(column), honest.toFixed(1).padStart(12)].join('')}`)
    if (process.argv.includes('--each')) each(corpus, scores)
  }
}

/** Every series scored with the threshold that is best on the other ones. */
function heldOut(corpus: readonly Series[], scores: readonly number[][], profile: Profile): number {
  let raw = 0
  for (const [out, series] of corpus.entries()) {
    const others = <T>(list: readonly T[]) => list.filter((_, place) => place !== out)
    const { threshold } = best(sweep(others(corpus), others(scores), profile))
    raw += scoreAt([series], [scores[out]!], profile, threshold)
  }
  return normalised(raw, windowsOf(corpus), profile)
}

function each(corpus: readonly Series[], scores: readonly number[][]): void {
  const { threshold } = best(sweep(corpus, scores, profiles[0]!))
  for (const [place, series] of corpus.entries()) {
    const raw = scoreAt([series], [scores[place]!], profiles[0]!, threshold)
    const figure = normalised(raw, series.windows.length, profiles[0]!)
    const fired = scores[place]!.filter((score) => score >= threshold).length
    console.log(`    ${series.name.padEnd(40)}${figure.toFixed(1).padStart(8)}  ${fired} fired`)
  }
}

function randomScores(length: number): number[] {
  let state = 42
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  })
}
