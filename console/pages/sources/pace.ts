/** How far an import was at a moment, in bytes of its file. */
export interface Sample {
  at: number
  bytes: number
}

const LOOK_BACK_MS = 60_000
const LEAST_MS = 10_000

/** Rows that an earlier attempt brought in pass much faster: they say nothing of the pace. */
export function sampled(
  samples: readonly Sample[],
  { rows, safeRows, bytes }: { rows: number; safeRows: number; bytes: number },
  now: number,
): readonly Sample[] {
  if (rows < safeRows) return []
  return [...samples.filter(({ at }) => at >= now - LOOK_BACK_MS), { at: now, bytes }]
}

/** Milliseconds that the rest will take at the pace of the last minute; null while that cannot be told. */
export function remainingMs(samples: readonly Sample[], size: number): number | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.at - first.at < LEAST_MS || last.bytes <= first.bytes) return null
  return ((size - last.bytes) * (last.at - first.at)) / (last.bytes - first.bytes)
}
