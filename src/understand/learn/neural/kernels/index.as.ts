export {
  adam,
  axpy,
  dropoutMask,
  fillRows,
  gather,
  multiply,
  relu,
  reluBack,
  scatter,
  softmaxRows,
  sumRows,
  sumSquares,
  transpose,
} from './elementwise.as'
export { gemm } from './gemm.as'
export { gruBackward, gruForward } from './gru.as'

/** The first address that the compiler's own constants (tables of the logarithm) leave free. */
export function base(): usize {
  return __heap_base
}
