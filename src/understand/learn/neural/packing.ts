import { ok, type Result } from '../../../core/result.ts'
import type { Tensor } from '../task.ts'
import { unusable } from '../tensor-file.ts'
import type { Parameters } from './parameters.ts'

/**
 * Weights as they are kept in files: tables in 8 bits with a scale for each row, other arrays in 16 bits with one scale. The names are
 * those of the parameters, with `prefix` before them.
 */
export function packWeights(p: Parameters, prefix: string, wanted = (_name: string) => true): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {}
  for (const parameter of p.all) {
    if (!wanted(parameter.name)) continue
    const values = p.values(parameter)
    const width = parameter.width || values.length
    const limit = parameter.width > 0 ? 127 : 32_767
    const kept = parameter.width > 0 ? new Int8Array(values.length) : new Int16Array(values.length)
    const scales = new Float32Array(Math.ceil(values.length / width))
    for (let row = 0; row < scales.length; row++) {
      const own = values.subarray(row * width, (row + 1) * width)
      const most = own.reduce((best, value) => Math.max(best, Math.abs(value)), 0)
      scales[row] = most / limit
      if (most > 0)
        own.forEach((value, i) => {
          kept[row * width + i] = Math.round(value / scales[row]!)
        })
    }
    tensors[`${prefix}${parameter.name}`] = kept
    tensors[`${prefix}${parameter.name}.scales`] = scales
  }
  return tensors
}

/** Sets the parameters that `wanted` names from packed arrays; fails where one is absent or of another size. */
export function unpackWeights(
  p: Parameters,
  prefix: string,
  tensors: Record<string, Tensor>,
  wanted = (_name: string) => true,
): Result<null> {
  for (const parameter of p.all) {
    if (!wanted(parameter.name)) continue
    const kept = tensors[`${prefix}${parameter.name}`]
    const scales = tensors[`${prefix}${parameter.name}.scales`]
    const width = parameter.width || parameter.size
    if (kept?.length !== parameter.size || scales?.length !== Math.ceil(parameter.size / width))
      return unfit(parameter.name)
    if (parameter.width > 0 && !p.training) {
      if (!(kept instanceof Int8Array && scales instanceof Float32Array)) return unfit(parameter.name)
      parameter.rows = { values: kept, scales }
      continue
    }
    const values = p.values(parameter)
    for (let row = 0, i = 0; row < scales.length; row++) {
      const scale = scales[row]!
      for (const end = Math.min(values.length, i + width); i < end; i++) values[i] = kept[i]! * scale
    }
  }
  return ok(null)
}

const unfit = (name: string): Result<never> => unusable(`its part "${name}" is missing or of the wrong size`)
