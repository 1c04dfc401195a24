import { seeded } from '../linear.ts'

/**
 * Boosted trees of one depth for log-odds: tree t has 2^depth − 1 tests (heap order; a value above the threshold goes right) and
 * 2^depth leaves.
 */
export interface Boosted {
  depth: number
  bias: number
  tests: Uint8Array
  thresholds: Float32Array
  leaves: Float32Array
}

export interface BoostFit {
  trees: number
  depth: number
  rate: number
  seed: number
}

const BINS = 64
const RIDGE = 2
const FEWEST = 10
const SHARE = 0.7

/**
 * Gradient boosting of the log-loss with second-order gains over histograms (Friedman 2001; Chen and Guestrin 2016). `values` holds
 * `width` features a row (at most 255), `labels` 0 or 1 by row; each tree sees a share of the `listed` rows. Deterministic by seed.
 */
export function boost(
  values: Float32Array,
  width: number,
  listed: Int32Array,
  labels: Int32Array,
  fit: BoostFit,
): Boosted {
  const { cuts, bins } = binned(values, width, listed)
  const n = listed.length
  const inner = 2 ** fit.depth - 1
  const positive = listed.reduce((sum, row) => sum + labels[row]!, 0)
  const bias = Math.log((positive + 1) / (n - positive + 1))
  const model: Boosted = {
    depth: fit.depth,
    bias,
    tests: new Uint8Array(fit.trees * inner),
    thresholds: new Float32Array(fit.trees * inner).fill(Number.POSITIVE_INFINITY),
    leaves: new Float32Array(fit.trees * (inner + 1)),
  }
  const random = seeded(fit.seed)
  const scores = new Float64Array(n).fill(bias)
  const slopes = new Float64Array(n)
  const curves = new Float64Array(n)
  const nodes = new Uint16Array(n)
  const drawn = new Uint8Array(n)
  for (let t = 0; t < fit.trees; t++) {
    for (let i = 0; i < n; i++) {
      const p = 1 / (1 + Math.exp(-scores[i]!))
      slopes[i] = p - labels[listed[i]!]!
      curves[i] = Math.max(1e-6, p * (1 - p))
      nodes[i] = 0
      drawn[i] = random() < SHARE ? 1 : 0
    }
    for (let level = 0; level < fit.depth; level++) {
      const first = 2 ** level - 1
      const splits = bestSplits({ bins, width, nodes, drawn, slopes, curves, first, count: 2 ** level })
      splits.forEach((split, k) => {
        if (!split) return
        model.tests[t * inner + first + k] = split.feature
        model.thresholds[t * inner + first + k] = cuts[split.feature]![split.bin]!
      })
      for (let i = 0; i < n; i++) {
        const split = splits[nodes[i]! - first]
        const right = split && bins[i * width + split.feature]! > split.bin ? 2 : 1
        nodes[i] = 2 * nodes[i]! + right
      }
    }
    fillLeaves(model, t, inner, { nodes, drawn, slopes, curves }, fit.rate)
    for (let i = 0; i < n; i++) scores[i]! += model.leaves[t * (inner + 1) + nodes[i]! - inner]!
  }
  return model
}

/** The log-odds of a row whose features begin at `at`. */
export function boostedScore(model: Boosted, values: Float32Array, at: number): number {
  const inner = 2 ** model.depth - 1
  const trees = model.leaves.length / (inner + 1)
  let sum = model.bias
  for (let t = 0; t < trees; t++) {
    let node = 0
    for (let level = 0; level < model.depth; level++) {
      const test = t * inner + node
      node = 2 * node + (values[at + model.tests[test]!]! > model.thresholds[test]! ? 2 : 1)
    }
    sum += model.leaves[t * (inner + 1) + node - inner]!
  }
  return sum
}

/** Each feature's thresholds, at its quantiles, and each value's bin: the number of thresholds below it. */
function binned(values: Float32Array, width: number, listed: Int32Array): { cuts: Float32Array[]; bins: Uint8Array } {
  const n = listed.length
  const bins = new Uint8Array(n * width)
  const cuts: Float32Array[] = []
  for (let f = 0; f < width; f++) {
    const sorted = Float32Array.from(listed, (row) => values[row * width + f]!).sort()
    const chosen = new Set<number>()
    for (let b = 1; b < BINS; b++) chosen.add(sorted[Math.floor((b * n) / BINS)]!)
    chosen.delete(sorted[n - 1]!)
    const own = Float32Array.from(chosen)
    cuts.push(own)
    for (let i = 0; i < n; i++) {
      const value = values[listed[i]! * width + f]!
      let low = 0
      let high = own.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (own[middle]! < value) low = middle + 1
        else high = middle
      }
      bins[i * width + f] = low
    }
  }
  return { cuts, bins }
}

interface Level {
  bins: Uint8Array
  width: number
  nodes: Uint16Array
  drawn: Uint8Array
  slopes: Float64Array
  curves: Float64Array
  /** The level's first node and how many it has. */
  first: number
  count: number
}

interface Split {
  feature: number
  bin: number
}

function bestSplits({ bins, width, nodes, drawn, slopes, curves, first, count }: Level): (Split | null)[] {
  const size = width * BINS
  const g = new Float64Array(count * size)
  const h = new Float64Array(count * size)
  const n = new Int32Array(count * size)
  for (let i = 0; i < nodes.length; i++) {
    if (drawn[i] === 0) continue
    let at = (nodes[i]! - first) * size
    for (let f = 0; f < width; f++, at += BINS) {
      const cell = at + bins[i * width + f]!
      g[cell]! += slopes[i]!
      h[cell]! += curves[i]!
      n[cell]!++
    }
  }
  return Array.from({ length: count }, (_, node) => bestSplit(g, h, n, node * size, width))
}

function bestSplit(g: Float64Array, h: Float64Array, n: Int32Array, at: number, width: number): Split | null {
  let best: Split | null = null
  let most = 1e-3
  for (let feature = 0; feature < width; feature++) {
    const from = at + feature * BINS
    let sumG = 0
    let sumH = 0
    let sumN = 0
    for (let b = 0; b < BINS; b++) {
      sumG += g[from + b]!
      sumH += h[from + b]!
      sumN += n[from + b]!
    }
    let leftG = 0
    let leftH = 0
    let leftN = 0
    for (let bin = 0; bin < BINS - 1; bin++) {
      leftG += g[from + bin]!
      leftH += h[from + bin]!
      leftN += n[from + bin]!
      if (n[from + bin] === 0 || leftN < FEWEST || sumN - leftN < FEWEST) continue
      const gain =
        leftG ** 2 / (leftH + RIDGE) + (sumG - leftG) ** 2 / (sumH - leftH + RIDGE) - sumG ** 2 / (sumH + RIDGE)
      if (gain > most) {
        most = gain
        best = { feature, bin }
      }
    }
  }
  return best
}

function fillLeaves(
  model: Boosted,
  t: number,
  inner: number,
  { nodes, drawn, slopes, curves }: Pick<Level, 'nodes' | 'drawn' | 'slopes' | 'curves'>,
  rate: number,
): void {
  const g = new Float64Array(inner + 1)
  const h = new Float64Array(inner + 1)
  for (let i = 0; i < nodes.length; i++) {
    if (drawn[i] === 0) continue
    g[nodes[i]! - inner]! += slopes[i]!
    h[nodes[i]! - inner]! += curves[i]!
  }
  for (let leaf = 0; leaf <= inner; leaf++) {
    model.leaves[t * (inner + 1) + leaf] = (-rate * g[leaf]!) / (h[leaf]! + RIDGE)
  }
}
