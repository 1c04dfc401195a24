/** The mean of arrays of one length. */
export function mean(arrays: (Float32Array | Int16Array)[]): Float32Array {
  const out = new Float32Array(arrays[0]!.length)
  for (const array of arrays) for (let i = 0; i < out.length; i++) out[i]! += array[i]! / arrays.length
  return out
}

/** The mean of arrays of one length in 16 bits with a scale. (Eight bits cost 0.4 points of F1: a few weights are very large.) */
export function squeezed(arrays: (Float32Array | Int16Array)[]): { weights: Int16Array; scale: number } {
  const values = mean(arrays)
  let top = 0
  for (const value of values) top = Math.max(top, Math.abs(value))
  const scale = top > 0 ? top / 32_767 : 1
  return { weights: Int16Array.from(values, (value) => Math.round(value / scale)), scale }
}
