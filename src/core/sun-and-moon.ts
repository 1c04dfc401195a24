/** Where the sun stands and when the moon is new: Meeus 1998, *Astronomical Algorithms*, second edition. Moments are universal time. */

const RADIANS = Math.PI / 180
const DAY_MS = 86_400_000
/** Julian day of the epoch of Unix. */
const UNIX_JD = 2_440_587.5
/** Dynamical time less universal time, about: 64 s in 2000, 69 s in 2026. */
const DELTA_T_MS = 70_000

const sine = (degrees: number): number => Math.sin(degrees * RADIANS)

/** Apparent longitude of the sun in degrees, to about 0.01° (chapter 25, low accuracy). `at` in epoch milliseconds. */
export function solarLongitude(at: number): number {
  const t = ((at + DELTA_T_MS) / DAY_MS + UNIX_JD - 2_451_545) / 36_525
  const mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t * t
  const centre =
    (1.914602 - 0.004817 * t - 0.000014 * t * t) * sine(anomaly) +
    (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
    0.000289 * sine(3 * anomaly)
  const node = 125.04 - 1934.136 * t
  return (((mean + centre - 0.00569 - 0.00478 * sine(node)) % 360) + 360) % 360
}

/** Days by which a new moon lies off its mean: how much, times E to a power, sine of so many M, M′, F. */
const periodic: readonly (readonly [days: number, e: number, m: number, moon: number, f: number])[] = [
  [-0.4072, 0, 0, 1, 0],
  [0.17241, 1, 1, 0, 0],
  [0.01608, 0, 0, 2, 0],
  [0.01039, 0, 0, 0, 2],
  [0.00739, 1, -1, 1, 0],
  [-0.00514, 1, 1, 1, 0],
  [0.00208, 2, 2, 0, 0],
  [-0.00111, 0, 0, 1, -2],
  [-0.00057, 0, 0, 1, 2],
  [0.00056, 1, 1, 2, 0],
  [-0.00042, 0, 0, 3, 0],
  [0.00042, 1, 1, 0, 2],
  [0.00038, 1, 1, 0, -2],
  [-0.00024, 1, -1, 2, 0],
  [-0.00007, 0, 2, 1, 0],
  [0.00004, 0, 0, 2, -2],
  [0.00004, 0, 3, 0, 0],
  [0.00003, 0, 1, 1, -2],
  [0.00003, 0, 0, 2, 2],
  [-0.00003, 0, 1, 1, 2],
  [0.00003, 0, -1, 1, 2],
  [-0.00002, 0, -1, 1, -2],
  [-0.00002, 0, 1, 3, 0],
  [0.00002, 0, 0, 4, 0],
]

/** What the planets do to it: days, degrees at the beginning and for each new moon. */
const planetary: readonly (readonly [days: number, begin: number, each: number])[] = [
  [0.000325, 299.77, 0.107408],
  [0.000165, 251.88, 0.016321],
  [0.000164, 251.83, 26.651886],
  [0.000126, 349.42, 36.412478],
  [0.00011, 84.66, 18.206239],
  [0.000062, 141.74, 53.303771],
  [0.00006, 207.14, 2.453732],
  [0.000056, 154.84, 7.30686],
  [0.000047, 34.52, 27.261239],
  [0.000042, 207.19, 0.121824],
  [0.00004, 291.34, 1.844379],
  [0.000037, 161.72, 24.198154],
  [0.000035, 239.56, 25.513099],
  [0.000023, 331.55, 3.592518],
]

/** When the moon is new for the k-th time after 6 January 2000 (k = 0), in epoch milliseconds, to some seconds (chapter 49). */
export function newMoon(k: number): number {
  const t = k / 1236.85
  const e = 1 - 0.002516 * t - 0.0000074 * t * t
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t ** 2
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t ** 2 + 0.00001238 * t ** 3
  const node = 160.7108 + 390.67050284 * k - 0.0016118 * t ** 2 - 0.00000227 * t ** 3
  const rising = 124.7746 - 1.56375588 * k + 0.0020672 * t ** 2
  const off = periodic.reduce(
    (sum, [days, power, m, moons, f]) => sum + days * e ** power * sine(m * sun + moons * moon + f * node),
    -0.00017 * sine(rising),
  )
  const pulled = planetary.reduce((sum, [days, begin, each]) => sum + days * sine(begin + each * k), 0)
  const mean = 2_451_550.09766 + 29.530588861 * k + 0.00015437 * t ** 2 - 0.00000015 * t ** 3
  return Math.round((mean + off + pulled - UNIX_JD) * DAY_MS) - DELTA_T_MS
}
