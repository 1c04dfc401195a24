import { quantise } from '../linear.ts'

/** The mean of arrays of one length. */
export function mean(arrays: (Float32Array | Int8Array)[]): Float32Array {
  const out = new Float32Array(arrays[0]!.length)
  for (const array of arrays) for (let i = 0; i < out.length; i++) out[i]! += array[i]! / arrays.length
  return out
}

/** The mean of arrays of one length, as int8 with a scale: a quarter of the memory, and faster to read. */
export function squeezed(arrays: (Float32Array | Int8Array)[]): { weights: Int8Array; scale: number } {
  const { scale, values } = quantise(mean(arrays))
  return { weights: values, scale }
}
