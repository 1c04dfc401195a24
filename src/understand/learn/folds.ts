import { createHash } from 'node:crypto'

/** What makes two texts the same for splitting: Unicode form, case, punctuation and spaces do not count. */
export const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/**
 * The fold, 0 to `folds` − 1, that a text belongs to. Equal texts (see {@link normalised}) always share one. Splits of different
 * `purpose` are independent of each other.
 */
export function foldOf(text: string, folds: number, purpose = ''): number {
  const digest = createHash('sha256')
    .update(`${purpose}\n${normalised(text)}`)
    .digest()
  return digest.readUInt32LE(0) % folds
}
