export { gemm } from './gemm.as'
export { gruForward, gruBackward } from './gru.as'
export {
  axpy, multiply, fillRows, sumRows, transpose, gather, scatter, relu, reluBack, softmaxRows, dropoutMask, sumSquares, adam,
} from './elementwise.as'

/** The first address that the compiler's own constants (tables of the logarithm) leave free. */
export function base(): usize {
  return __heap_base
}
