/**
 * Gated recurrent units over a batch of texts, time-major. Rows are sorted by length, longest first, so at time t the first active[t]
 * rows are alive and the others hold zeros. Gates stand in the order reset, update, candidate, and the candidate's recurrent part:
 *   r = σ(xr + h·Ur)   z = σ(xz + h·Uz)   n = tanh(xn + r ⊙ (h·Un + bn))   h' = n + z ⊙ (h − n)
 * (Cho and others 2014, with the reset gate after the product.) Array shapes: xg [T][B][3H] with stride 4H inside `gates` [T][B][4H];
 * states [T + 1][B][H]: forward, slot t + 1 is the state after t and slot 0 is zero; reverse, slot t is the state after t and slot T is zero.
 */

import { sigmoid4, tanh4 } from './elementwise.as'
import { gemm } from './gemm.as'

/**
 * On entry gates[:, 0..3H] hold the input's projections, bias included; on return r, z, n and h·Un + bn. `states` must be zero on entry.
 * scratch: B × 3H floats.
 */
export function gruForward(
  times: i32,
  batch: i32,
  width: i32,
  active: usize,
  reverse: i32,
  gates: usize,
  u: usize,
  bn: usize,
  states: usize,
  scratch: usize,
): void {
  const h4 = (<usize>width) << 2
  const rowG = h4 << 2
  const slot = <usize>batch * h4
  for (let step: i32 = 0; step < times; step++) {
    const t = reverse ? times - 1 - step : step
    const rows = load<i32>(active + ((<usize>t) << 2))
    const prev = states + <usize>(reverse ? t + 1 : t) * slot
    const next = states + <usize>(reverse ? t : t + 1) * slot
    for (let b: i32 = 0; b < rows; b++) {
      const s = scratch + <usize>b * h4 * 3
      memory.fill(s, 0, h4 * 2)
      memory.copy(s + h4 * 2, bn, h4)
    }
    gemm(scratch, prev, u, rows, 3 * width, width, 3 * width, width, 1, 3 * width)
    const dead = gates + (<usize>t * <usize>batch + <usize>rows) * rowG
    memory.fill(dead, 0, <usize>(batch - rows) * rowG)
    for (let b: i32 = 0; b < rows; b++) {
      const s = scratch + <usize>b * h4 * 3
      const g = gates + (<usize>t * <usize>batch + <usize>b) * rowG
      const p = prev + <usize>b * h4
      const q = next + <usize>b * h4
      for (let o: usize = 0; o < h4; o += 16) {
        const r = sigmoid4(f32x4.add(v128.load(g + o), v128.load(s + o)))
        const z = sigmoid4(f32x4.add(v128.load(g + o + h4), v128.load(s + o + h4)))
        const hn = v128.load(s + o + h4 * 2)
        const n = tanh4(f32x4.add(v128.load(g + o + h4 * 2), f32x4.mul(r, hn)))
        v128.store(g + o, r)
        v128.store(g + o + h4, z)
        v128.store(g + o + h4 * 2, n)
        v128.store(g + o + h4 * 3, hn)
        v128.store(q + o, f32x4.add(n, f32x4.mul(z, f32x4.sub(v128.load(p + o), n))))
      }
    }
  }
}

/**
 * The way back. `grads` is shaped as `states` and holds the loss's gradients of the states; on return gates[:, 0..3H] hold the gradients of
 * the projections and gates[:, 3H..4H] that of h·Un + bn. ut is U transposed, 3H × H. Rows that were never alive keep their zeros.
 */
export function gruBackward(
  times: i32,
  batch: i32,
  width: i32,
  active: usize,
  reverse: i32,
  gates: usize,
  ut: usize,
  states: usize,
  grads: usize,
): void {
  const h4 = (<usize>width) << 2
  const rowG = h4 << 2
  const slot = <usize>batch * h4
  const one = f32x4.splat(1)
  for (let step: i32 = times - 1; step >= 0; step--) {
    const t = reverse ? times - 1 - step : step
    const rows = load<i32>(active + ((<usize>t) << 2))
    const from = <usize>(reverse ? t + 1 : t) * slot
    const into = <usize>(reverse ? t : t + 1) * slot
    for (let b: i32 = 0; b < rows; b++) {
      const g = gates + (<usize>t * <usize>batch + <usize>b) * rowG
      const p = states + from + <usize>b * h4
      const dp = grads + from + <usize>b * h4
      const dq = grads + into + <usize>b * h4
      for (let o: usize = 0; o < h4; o += 16) {
        const r = v128.load(g + o)
        const z = v128.load(g + o + h4)
        const n = v128.load(g + o + h4 * 2)
        const hn = v128.load(g + o + h4 * 3)
        const d = v128.load(dq + o)
        const dn = f32x4.mul(f32x4.mul(d, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(n, n)))
        const dz = f32x4.mul(f32x4.mul(d, f32x4.sub(v128.load(p + o), n)), f32x4.mul(z, f32x4.sub(one, z)))
        const dr = f32x4.mul(f32x4.mul(dn, hn), f32x4.mul(r, f32x4.sub(one, r)))
        v128.store(g + o, dr)
        v128.store(g + o + h4, dz)
        v128.store(g + o + h4 * 2, dn)
        v128.store(g + o + h4 * 3, f32x4.mul(dn, r))
        v128.store(dp + o, f32x4.add(v128.load(dp + o), f32x4.mul(d, z)))
      }
    }
    const g0 = gates + <usize>t * <usize>batch * rowG
    gemm(grads + from, g0, ut, rows, width, 2 * width, width, 4 * width, 1, width)
    gemm(grads + from, g0 + h4 * 3, ut + (h4 * h4) / 2, rows, width, width, width, 4 * width, 1, width)
  }
}
