/**
 * C += A·B over 32-bit floats in linear memory. C is m × n with row stride ldc, B is k × n with row stride ldb, A's element (i, p) lies
 * at a + 4·(i·rowA + p·colA), so a transposed A needs no copy. n must be a multiple of 4. Sums run over p in order, in blocks of
 * BLOCK_K, whatever the shape: the same input always gives the same bytes.
 */
const BLOCK_M: i32 = 48
const BLOCK_K: i32 = 256

export function gemm(c: usize, a: usize, b: usize, m: i32, n: i32, k: i32, ldc: i32, rowA: i32, colA: i32, ldb: i32): void {
  for (let p: i32 = 0; p < k; p += BLOCK_K) {
    const depth = min(BLOCK_K, k - p)
    for (let i: i32 = 0; i < m; i += BLOCK_M) {
      const rows = min(BLOCK_M, m - i)
      block(
        c + ((<usize>(i * ldc)) << 2),
        a + ((<usize>(i * rowA + p * colA)) << 2),
        b + ((<usize>(p * ldb)) << 2),
        rows, n, depth, ldc, rowA, colA, ldb,
      )
    }
  }
}

function block(c: usize, a: usize, b: usize, m: i32, n: i32, k: i32, ldc: i32, rowA: i32, colA: i32, ldb: i32): void {
  let j: i32 = 0
  for (; j + 8 <= n; j += 8) {
    const bj = b + ((<usize>j) << 2)
    const cj = c + ((<usize>j) << 2)
    let i: i32 = 0
    for (; i + 4 <= m; i += 4) tile4x8(cj + ((<usize>(i * ldc)) << 2), a + ((<usize>(i * rowA)) << 2), bj, k, ldc, rowA, colA, ldb)
    for (; i < m; i++) tile1x8(cj + ((<usize>(i * ldc)) << 2), a + ((<usize>(i * rowA)) << 2), bj, k, colA, ldb)
  }
  if (j < n) {
    for (let i: i32 = 0; i < m; i++) {
      tile1x4(c + ((<usize>(i * ldc + j)) << 2), a + ((<usize>(i * rowA)) << 2), b + ((<usize>j) << 2), k, colA, ldb)
    }
  }
}

@inline
function tile4x8(c: usize, a: usize, b: usize, k: i32, ldc: i32, rowA: i32, colA: i32, ldb: i32): void {
  const c1 = c + ((<usize>ldc) << 2)
  const c2 = c1 + ((<usize>ldc) << 2)
  const c3 = c2 + ((<usize>ldc) << 2)
  let s00 = v128.load(c), s01 = v128.load(c, 16)
  let s10 = v128.load(c1), s11 = v128.load(c1, 16)
  let s20 = v128.load(c2), s21 = v128.load(c2, 16)
  let s30 = v128.load(c3), s31 = v128.load(c3, 16)
  let a0 = a
  let a1 = a0 + ((<usize>rowA) << 2)
  let a2 = a1 + ((<usize>rowA) << 2)
  let a3 = a2 + ((<usize>rowA) << 2)
  const stepA = (<usize>colA) << 2
  const stepB = (<usize>ldb) << 2
  for (let p: i32 = 0; p < k; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16)
    const x0 = v128.load32_splat(a0)
    s00 = f32x4.relaxed_madd(x0, b0, s00)
    s01 = f32x4.relaxed_madd(x0, b1, s01)
    const x1 = v128.load32_splat(a1)
    s10 = f32x4.relaxed_madd(x1, b0, s10)
    s11 = f32x4.relaxed_madd(x1, b1, s11)
    const x2 = v128.load32_splat(a2)
    s20 = f32x4.relaxed_madd(x2, b0, s20)
    s21 = f32x4.relaxed_madd(x2, b1, s21)
    const x3 = v128.load32_splat(a3)
    s30 = f32x4.relaxed_madd(x3, b0, s30)
    s31 = f32x4.relaxed_madd(x3, b1, s31)
    a0 += stepA
    a1 += stepA
    a2 += stepA
    a3 += stepA
    b += stepB
  }
  v128.store(c, s00)
  v128.store(c, s01, 16)
  v128.store(c1, s10)
  v128.store(c1, s11, 16)
  v128.store(c2, s20)
  v128.store(c2, s21, 16)
  v128.store(c3, s30)
  v128.store(c3, s31, 16)
}

@inline
function tile1x8(c: usize, a: usize, b: usize, k: i32, colA: i32, ldb: i32): void {
  let s0 = v128.load(c), s1 = v128.load(c, 16)
  const stepA = (<usize>colA) << 2
  const stepB = (<usize>ldb) << 2
  for (let p: i32 = 0; p < k; p++) {
    const x = v128.load32_splat(a)
    s0 = f32x4.relaxed_madd(x, v128.load(b), s0)
    s1 = f32x4.relaxed_madd(x, v128.load(b, 16), s1)
    a += stepA
    b += stepB
  }
  v128.store(c, s0)
  v128.store(c, s1, 16)
}

@inline
function tile1x4(c: usize, a: usize, b: usize, k: i32, colA: i32, ldb: i32): void {
  let s = v128.load(c)
  const stepA = (<usize>colA) << 2
  const stepB = (<usize>ldb) << 2
  for (let p: i32 = 0; p < k; p++) {
    s = f32x4.relaxed_madd(v128.load32_splat(a), v128.load(b), s)
    a += stepA
    b += stepB
  }
  v128.store(c, s)
}
