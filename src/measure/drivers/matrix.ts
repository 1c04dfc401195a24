/** The little linear algebra that models of drivers need: small dense symmetric matrices, as rows. */
export type Matrix = number[][]

export const zeros = (rows: number, columns = rows): Matrix =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0))

/**
 * Removes from a covariance matrix (in place) what one of its variables explains of those in `rest`: afterwards they are residuals of
 * it. Returns false, and changes nothing, where the variable has no variance of its own left: it is a copy of what was removed before.
 * `variance` is what it had at the beginning.
 */
export function partialOut(a: Matrix, pivot: number, rest: readonly number[], variance: number): boolean {
  const left = a[pivot]![pivot]!
  if (!(left > COPY * variance)) return false
  for (const i of rest) {
    const share = a[i]![pivot]! / left
    if (share === 0) continue
    const row = a[i]!
    for (const j of rest) row[j] = row[j]! - share * a[pivot]![j]!
  }
  return true
}

/** A variable of which others leave less than this share is called a copy of them. */
const COPY = 1e-9

/**
 * Eigenvalues and eigenvectors (columns of `vectors`) of a symmetric matrix, by Jacobi's rotations (Golub and Van Loan, Matrix
 * Computations, §8.5). Exact to rounding for the sizes met here.
 */
export function eigen(symmetric: Matrix): { values: number[]; vectors: Matrix } {
  const n = symmetric.length
  const a = symmetric.map((row) => [...row])
  const vectors = zeros(n)
  for (let i = 0; i < n; i++) vectors[i]![i] = 1
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p]![q]! ** 2
    if (off < 1e-26) break
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) if (a[p]![q] !== 0) rotate(a, vectors, p, q)
  }
  return { values: a.map((row, i) => row[i]!), vectors }
}

/** One rotation that makes `a[p][q]` nought. */
function rotate(a: Matrix, vectors: Matrix, p: number, q: number): void {
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  const turn = (row: number[]) => {
    const [x, y] = [row[p]!, row[q]!]
    row[p] = c * x - s * y
    row[q] = s * x + c * y
  }
  for (const row of a) turn(row)
  const [x, y] = [a[p]!, a[q]!]
  for (let k = 0; k < a.length; k++) {
    const [one, other] = [x[k]!, y[k]!]
    x[k] = c * one - s * other
    y[k] = s * one + c * other
  }
  for (const row of vectors) turn(row)
}

/** The lower triangle L of a = L·Lᵀ; null where the matrix is not positive definite. */
export function cholesky(a: Matrix): Matrix | null {
  const n = a.length
  const lower = zeros(n)
  for (let i = 0; i < n; i++) {
    const row = lower[i]!
    for (let j = 0; j <= i; j++) {
      const other = lower[j]!
      let sum = a[i]![j]!
      for (let k = 0; k < j; k++) sum -= row[k]! * other[k]!
      if (i !== j) row[j] = sum / other[j]!
      else if (sum > 0) row[i] = Math.sqrt(sum)
      else return null
    }
  }
  return lower
}

/** Solves L·Lᵀ·x = b. */
export function solveLower(lower: Matrix, b: readonly number[]): number[] {
  const n = lower.length
  const x = [...b]
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = x[i]! - lower[i]![k]! * x[k]!
    x[i] = x[i]! / lower[i]![i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = x[i]! - lower[k]![i]! * x[k]!
    x[i] = x[i]! / lower[i]![i]!
  }
  return x
}
