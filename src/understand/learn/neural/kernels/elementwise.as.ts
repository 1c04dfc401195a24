/** Four lanes at a time: functions, sums, losses and the optimiser. Lengths that are not multiples of 4 are finished one by one. */

/** e^x (Cephes' expf: split by powers of two, a polynomial of degree 5 for the rest; relative error < 2e-7). */
@inline
export function exp4(x0: v128): v128 {
  const x = f32x4.max(f32x4.min(x0, f32x4.splat(87)), f32x4.splat(-87))
  const k = f32x4.floor(f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504088896341)), f32x4.splat(0.5)))
  const y = f32x4.sub(f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375))), f32x4.mul(k, f32x4.splat(-2.12194440e-4)))
  let p = f32x4.splat(1.9875691500e-4)
  p = f32x4.add(f32x4.mul(p, y), f32x4.splat(1.3981999507e-3))
  p = f32x4.add(f32x4.mul(p, y), f32x4.splat(8.3334519073e-3))
  p = f32x4.add(f32x4.mul(p, y), f32x4.splat(4.1665795894e-2))
  p = f32x4.add(f32x4.mul(p, y), f32x4.splat(1.6666665459e-1))
  p = f32x4.add(f32x4.mul(p, y), f32x4.splat(5.0000001201e-1))
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, y), y), y), f32x4.splat(1))
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23)
  return f32x4.mul(p, scale)
}

@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))))
}

@inline
export function tanh4(x: v128): v128 {
  const s = sigmoid4(f32x4.add(x, x))
  return f32x4.sub(f32x4.add(s, s), f32x4.splat(1))
}

@inline
function sum4(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
}

/** y[i] += a·x[i], i < n. */
export function axpy(y: usize, x: usize, n: i32, a: f32): void {
  const end = x + ((<usize>n) << 2)
  const a4 = f32x4.splat(a)
  for (; x + 16 <= end; x += 16, y += 16) v128.store(y, f32x4.add(v128.load(y), f32x4.mul(a4, v128.load(x))))
  for (; x < end; x += 4, y += 4) store<f32>(y, load<f32>(y) + a * load<f32>(x))
}

/** y[i] *= x[i], i < n; n a multiple of 4. */
export function multiply(y: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2)
  for (; x < end; x += 16, y += 16) v128.store(y, f32x4.mul(v128.load(y), v128.load(x)))
}

/** Each of m rows (stride ld) of y becomes the row x of n floats; n a multiple of 4. */
export function fillRows(y: usize, x: usize, m: i32, n: i32, ld: i32): void {
  for (let i: i32 = 0; i < m; i++, y += (<usize>ld) << 2) memory.copy(y, x, (<usize>n) << 2)
}

/** y[j] += Σ over m rows (stride ld) of x[i][j], j < n; n a multiple of 4. */
export function sumRows(y: usize, x: usize, m: i32, n: i32, ld: i32): void {
  for (let i: i32 = 0; i < m; i++, x += (<usize>ld) << 2) axpy(y, x, n, 1)
}

/** y (n × m) = x (m × n) transposed. */
export function transpose(y: usize, x: usize, m: i32, n: i32): void {
  for (let i: i32 = 0; i < m; i++) {
    for (let j: i32 = 0; j < n; j++) store<f32>(y + ((<usize>(j * m + i)) << 2), load<f32>(x + ((<usize>(i * n + j)) << 2)))
  }
}

/** Rows ids[i] of a table (width n) copied to y's rows (stride ld). A negative id leaves zeros. */
export function gather(y: usize, table: usize, ids: usize, m: i32, n: i32, ld: i32): void {
  for (let i: i32 = 0; i < m; i++, ids += 4, y += (<usize>ld) << 2) {
    const id = load<i32>(ids)
    if (id < 0) memory.fill(y, 0, (<usize>n) << 2)
    else memory.copy(y, table + ((<usize>(id * n)) << 2), (<usize>n) << 2)
  }
}

/** table[ids[i]] += x's row i (stride ld), width n. A negative id is passed over. */
export function scatter(table: usize, x: usize, ids: usize, m: i32, n: i32, ld: i32): void {
  for (let i: i32 = 0; i < m; i++, ids += 4, x += (<usize>ld) << 2) {
    const id = load<i32>(ids)
    if (id >= 0) axpy(table + ((<usize>(id * n)) << 2), x, n, 1)
  }
}

/** x[i] becomes max(0, x[i]), i < n; n a multiple of 4. */
export function relu(x: usize, n: i32): void {
  for (const end = x + ((<usize>n) << 2); x < end; x += 16) v128.store(x, f32x4.max(v128.load(x), f32x4.splat(0)))
}

/** grad[i] becomes 0 where y[i] is 0 (the way back through relu), i < n; n a multiple of 4. */
export function reluBack(grad: usize, y: usize, n: i32): void {
  for (const end = y + ((<usize>n) << 2); y < end; y += 16, grad += 16) {
    v128.store(grad, v128.and(v128.load(grad), f32x4.gt(v128.load(y), f32x4.splat(0))))
  }
}

/**
 * Softmax of each of m rows of n logits (stride ld, a multiple of 4; columns from n to ld are ignored), in place. With targets, the rows become
 * the gradients (p − 1[target]) of the summed cross entropy, which is returned; a negative target makes its row zero. targets 0: probabilities.
 */
export function softmaxRows(x: usize, targets: usize, m: i32, n: i32, ld: i32): f64 {
  let loss: f64 = 0
  for (let i: i32 = 0; i < m; i++, x += (<usize>ld) << 2) {
    for (let j = n; j < ld; j++) store<f32>(x + ((<usize>j) << 2), -1e30)
    let top = v128.load(x)
    for (let j: i32 = 4; j < ld; j += 4) top = f32x4.max(top, v128.load(x + ((<usize>j) << 2)))
    const most = max(max(f32x4.extract_lane(top, 0), f32x4.extract_lane(top, 1)), max(f32x4.extract_lane(top, 2), f32x4.extract_lane(top, 3)))
    const target = targets ? load<i32>(targets + ((<usize>i) << 2)) : 0
    const own = target >= 0 ? load<f32>(x + ((<usize>target) << 2)) - most : 0
    let total = f32x4.splat(0)
    for (let j: i32 = 0; j < ld; j += 4) {
      const e = exp4(f32x4.sub(v128.load(x + ((<usize>j) << 2)), f32x4.splat(most)))
      v128.store(x + ((<usize>j) << 2), e)
      total = f32x4.add(total, e)
    }
    const sum = sum4(total)
    const scale = f32x4.splat(target < 0 ? 0 : 1 / sum)
    for (let j: i32 = 0; j < ld; j += 4) v128.store(x + ((<usize>j) << 2), f32x4.mul(v128.load(x + ((<usize>j) << 2)), scale))
    for (let j = n; j < ld; j++) store<f32>(x + ((<usize>j) << 2), 0)
    if (targets && target >= 0) {
      const at = x + ((<usize>target) << 2)
      store<f32>(at, load<f32>(at) - 1)
      loss += Math.log(<f64>sum) - <f64>own
    }
  }
  return loss
}

/** A mask of n floats: 0 with probability p, else 1 / (1 − p), by a counter-based hash of the seed (the finaliser of MurmurHash3). */
export function dropoutMask(mask: usize, n: i32, p: f32, seed: u32): void {
  const keep: f32 = 1 / (1 - p)
  const bound = <u32>(<f64>p * 4294967295)
  for (let i: i32 = 0; i < n; i++, mask += 4) {
    let h = seed + <u32>i * 0x9e3779b9
    h = (h ^ (h >>> 16)) * 0x85ebca6b
    h = (h ^ (h >>> 13)) * 0xc2b2ae35
    h ^= h >>> 16
    store<f32>(mask, h < bound ? 0 : keep)
  }
}

/** Σ x[i]², i < n; n a multiple of 4. */
export function sumSquares(x: usize, n: i32): f64 {
  let total: f64 = 0
  for (let i: i32 = 0; i < n; i += 4096) {
    let part = f32x4.splat(0)
    const end = x + ((<usize>min(4096, n - i)) << 2)
    for (; x < end; x += 16) part = f32x4.add(part, f32x4.mul(v128.load(x), v128.load(x)))
    total += <f64>sum4(part)
  }
  return total
}

/**
 * One step of Adam (Kingma and Ba 2015) with decoupled weight decay over n floats (a multiple of 4); the gradients, scaled by `scale`, are
 * spent: zero afterwards. `rate` carries the bias correction √(1 − β₂ᵗ) / (1 − β₁ᵗ).
 */
export function adam(x: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, scale: f32, decay: f32): void {
  const end = x + ((<usize>n) << 2)
  const b1 = f32x4.splat(0.9), c1 = f32x4.splat(0.1), b2 = f32x4.splat(0.999), c2 = f32x4.splat(0.001)
  const zero = f32x4.splat(0), tiny = f32x4.splat(1e-8), keep = f32x4.splat(1 - decay)
  for (; x < end; x += 16, g += 16, m += 16, v += 16) {
    const d = f32x4.mul(v128.load(g), f32x4.splat(scale))
    const m1 = f32x4.add(f32x4.mul(b1, v128.load(m)), f32x4.mul(c1, d))
    const v1 = f32x4.add(f32x4.mul(b2, v128.load(v)), f32x4.mul(c2, f32x4.mul(d, d)))
    const step = f32x4.div(f32x4.mul(f32x4.splat(rate), m1), f32x4.add(f32x4.sqrt(v1), tiny))
    v128.store(x, f32x4.sub(f32x4.mul(keep, v128.load(x)), step))
    v128.store(g, zero)
    v128.store(m, m1)
    v128.store(v, v1)
  }
}
