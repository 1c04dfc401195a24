/**
 * The scoring of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015, "Evaluating Real-time Anomaly Detection Algorithms"), with the
 * weights of its three published profiles. A detection inside a window earns by how early it comes, only the earliest one of a window
 * counts; one outside costs, less so shortly after a window; a window without any costs a miss.
 */
export interface Profile {
  name: string
  hit: number
  miss: number
  falseAlarm: number
}

export const profiles: readonly Profile[] = [
  { name: 'standard', hit: 1, miss: 1, falseAlarm: 0.11 },
  { name: 'low FP', hit: 1, miss: 1, falseAlarm: 0.22 },
  { name: 'low FN', hit: 1, miss: 2, falseAlarm: 0.11 },
]

/** A series as it is judged: how many points, and the first and last index of each window, in order. */
export interface Judged {
  length: number
  windows: readonly (readonly [number, number])[]
}

/** The first points are not scored: 15 %, at most 750. */
export const probation = (length: number): number => Math.min(Math.floor(0.15 * length), 750)

/** σ(y) = 2 / (1 + e^{5y}) − 1: near 1 at y = −1, 0 at 0; −1 from y = 3 on. */
export const sigmoid = (y: number): number => (y >= 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1)

/** What a detection at one point is worth, and the window it belongs to. */
export interface Worth {
  value: number
  window: number | null
}

/** The worth of a detection at every point, before weights: up to 1 in a window, down to −1 outside. */
export function worths({ length, windows }: Judged): Worth[] {
  const all: Worth[] = []
  let next = 0
  for (let place = 0; place < length; place++) {
    while (next < windows.length && windows[next]![1] < place) next++
    const inside = windows[next]
    if (inside && place >= inside[0]) {
      const [start, end] = inside
      all.push({ value: sigmoid(-(end - place + 1) / (end - start + 1)) / sigmoid(-1), window: next })
    } else {
      const before = windows[next - 1]
      const past = before ? (place - before[1]) / (before[1] - before[0]) : 3
      all.push({ value: sigmoid(past), window: null })
    }
  }
  return all
}

export interface Scored {
  threshold: number
  score: number
}

interface Mark extends Worth {
  score: number
  series: number
}

/** Every scorable point of the corpus, strangest first. */
function marksOf(corpus: readonly Judged[], scores: readonly (readonly number[])[]): Mark[] {
  const marks = corpus.flatMap((judged, series) =>
    worths(judged)
      .map((worth, place) => ({ ...worth, score: scores[series]![place]!, series }))
      .slice(probation(judged.length)),
  )
  return marks.sort((one, other) => other.score - one.score)
}

/** The raw score at every threshold, from none detected downwards; a detection is a score that reaches the threshold. */
export function sweep(corpus: readonly Judged[], scores: readonly (readonly number[])[], profile: Profile): Scored[] {
  const marks = marksOf(corpus, scores)
  const found = new Map<string, number>()
  let score = -profile.miss * corpus.reduce((sum, { windows }) => sum + windows.length, 0)
  const swept: Scored[] = [{ threshold: Number.POSITIVE_INFINITY, score }]
  for (const [place, mark] of marks.entries()) {
    if (mark.window === null) score += profile.falseAlarm * mark.value
    else {
      const key = `${mark.series} ${mark.window}`
      const before = found.get(key) ?? -profile.miss
      const now = Math.max(before, profile.hit * mark.value)
      found.set(key, now)
      score += now - before
    }
    if (marks[place + 1]?.score !== mark.score) swept.push({ threshold: mark.score, score })
  }
  return swept
}

/** The raw score with one given threshold. */
export function scoreAt(
  corpus: readonly Judged[],
  scores: readonly (readonly number[])[],
  profile: Profile,
  threshold: number,
): number {
  return sweep(corpus, scores, profile).findLast((each) => each.threshold >= threshold)!.score
}

/** The best threshold for the whole corpus, as the benchmark grants it to every detector. */
export const best = (swept: readonly Scored[]): Scored =>
  swept.reduce((one, other) => (other.score > one.score ? other : one))

/** 0 for a detector that never fires, 100 for one that fires once, at the first point of every window. */
export function normalised(raw: number, windows: number, profile: Profile): number {
  const nothing = -profile.miss * windows
  return (100 * (raw - nothing)) / (profile.hit * windows - nothing)
}
