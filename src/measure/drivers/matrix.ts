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
  if (isCopy(left, variance)) return false
  const taken = a[pivot]!
  for (const i of rest) {
    const row = a[i]!
    const share = row[pivot]! / left
    if (share === 0) continue
    for (const j of rest) row[j] = row[j]! - share * taken[j]!
  }
  return true
}

/** A variable of which others leave less than this share is called a copy of them. */
const COPY = 1e-9
const isCopy = (left: number, variance: number): boolean => !(left > COPY * variance)

/** The same of all variables that come later than the pivot, where it is no copy. `column` is room to work in, one place a variable. */
export function takeOut(a: Lower, pivot: number, variance: number, column: Float64Array): void {
  const left = a[rowAt(pivot) + pivot]!
  if (isCopy(left, variance)) return
  for (let i = pivot + 1; i < column.length; i++) column[i] = a[rowAt(i) + pivot]!
  for (let i = pivot + 1; i < column.length; i++) {
    const share = column[i]! / left
    if (share === 0) continue
    const row = rowAt(i)
    for (let j = pivot + 1; j <= i; j++) a[row + j] = a[row + j]! - share * column[j]!
  }
}

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

/** A symmetric matrix by its lower triangle, row after row: half the sums, and no row to look up in the long loops of a bootstrap. */
export type Lower = Float64Array

export const lowerOf = (size: number): Lower => new Float64Array((size * (size + 1)) / 2)

/** The variables of a symmetric matrix in another order, or some of them. */
export function chosenFrom(a: Matrix, order: readonly number[], into = lowerOf(order.length)): Lower {
  let place = 0
  for (let i = 0; i < order.length; i++) for (let j = 0; j <= i; j++) into[place++] = a[order[i]!]![order[j]!]!
  return into
}

/** Where a row of it begins: that of row i holds columns 0 to i. */
export const rowAt = (i: number): number => (i * (i + 1)) / 2

/** Where it holds what row i has in column j, whichever of them comes first. */
export const placeOf = (i: number, j: number): number => (i < j ? rowAt(j) + i : rowAt(i) + j)

/** Adds one of them, times a weight, to another. */
export function addLower(into: Lower, from: Lower, weight: number): void {
  for (let place = 0; place < into.length; place++) into[place] = into[place]! + weight * from[place]!
}

/** The L of a = L·Lᵀ; null where the matrix is not positive definite. */
export function cholesky(a: Lower, n: number): Lower | null {
  const lower = lowerOf(n)
  for (let i = 0; i < n; i++) {
    const row = rowAt(i)
    for (let j = 0; j <= i; j++) {
      const other = rowAt(j)
      let sum = a[row + j]!
      for (let k = 0; k < j; k++) sum -= lower[row + k]! * lower[other + k]!
      if (i !== j) lower[row + j] = sum / lower[other + j]!
      else if (sum > 0) lower[row + i] = Math.sqrt(sum)
      else return null
    }
  }
  return lower
}

/** Solves L·Lᵀ·x = b. */
export function solveLower(lower: Lower, b: readonly number[]): number[] {
  const n = b.length
  const x = [...b]
  for (let i = 0; i < n; i++) {
    const row = rowAt(i)
    let left = x[i]!
    for (let k = 0; k < i; k++) left -= lower[row + k]! * x[k]!
    x[i] = left / lower[row + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    let left = x[i]!
    for (let k = i + 1; k < n; k++) left -= lower[rowAt(k) + i]! * x[k]!
    x[i] = left / lower[rowAt(i) + i]!
  }
  return x
}
