import type { Parts } from '../task.ts'
import type { Boosted } from './boost.ts'

/** Trees as tensors whose names begin with `name`. */
export const treeTensors = (name: string, { tests, thresholds, leaves }: Boosted): Parts['tensors'] => ({
  [`${name}.tests`]: tests,
  [`${name}.thresholds`]: thresholds,
  [`${name}.leaves`]: leaves,
})

/** Trees out of a model's tensors; null where they do not fit together or ask for a feature beyond `width`. */
export function treesOf(
  name: string,
  depth: number,
  bias: number,
  width: number,
  tensors: Parts['tensors'],
): Boosted | null {
  const tests = tensors[`${name}.tests`]
  const thresholds = tensors[`${name}.thresholds`]
  const leaves = tensors[`${name}.leaves`]
  if (!(tests instanceof Uint8Array) || !(thresholds instanceof Float32Array) || !(leaves instanceof Float32Array))
    return null
  const trees = leaves.length / 2 ** depth
  const inner = 2 ** depth - 1
  if (!Number.isInteger(trees) || tests.length !== trees * inner || thresholds.length !== tests.length) return null
  return tests.every((feature) => feature < width) ? { depth, bias, tests, thresholds, leaves } : null
}
