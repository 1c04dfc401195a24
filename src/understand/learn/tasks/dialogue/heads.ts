import { ClassReader } from '../../linear/class-reader.ts'
import { type Classifier, learnClassifier } from '../../linear/classifier.ts'
import { gather } from '../../linear/vocabulary.ts'
import { ROOM } from './context.ts'

/** A classifier of turns or of dialogues with the names of its classes; null stands for "none". */
export interface Head {
  classes: (string | number | null)[]
  classifier: Classifier
}

export interface HeadRows {
  count: number
  hash(i: number, out: Uint32Array): number
  /** The length of a row in each block that `hash` puts hashes into. */
  lengths: number[]
  label(i: number): string | number | null
  fold(i: number): number
  /** Whether an even F1 of the classes is sought. */
  even: boolean
  side?: { values: Float64Array; width: number }
}

/** Learns a head and the out-of-fold probabilities of its rows; null where all rows say the same. */
export function learnHead(rows: HeadRows, seed: number): (Head & { outOfFold: Float64Array }) | null {
  const told = Array.from({ length: rows.count }, (_, i) => rows.label(i))
  const classes = [...new Set(told)].sort((a, b) => (String(a) < String(b) ? -1 : 1))
  if (classes.length < 2) return null
  const { classifier, outOfFold } = learnClassifier(
    {
      hashed: gather(rows.count, rows.hash, ROOM),
      lengths: rows.lengths,
      side: rows.side?.values ?? new Float64Array(0),
      sideWidth: rows.side?.width ?? 0,
      labels: Int32Array.from(told, (label) => classes.indexOf(label)),
      classes: classes.length,
      folds: Int32Array.from(told, (_, i) => rows.fold(i)),
      even: rows.even,
    },
    seed,
  )
  return { classes, classifier, outOfFold }
}

export class HeadReader {
  readonly head: Head
  readonly #reader: ClassReader
  readonly #hashes: Uint32Array

  constructor(head: Head, hashes: Uint32Array) {
    this.head = head
    this.#reader = new ClassReader(head.classifier)
    this.#hashes = hashes
  }

  /** The probabilities of the classes of what `hash` writes. */
  read(hash: (out: Uint32Array) => number, side: Float64Array = new Float64Array(0)): Float64Array {
    const p = new Float64Array(this.head.classes.length)
    this.#reader.read(this.#hashes, hash(this.#hashes), side, p)
    return p
  }

  choose(p: Float64Array): number {
    return this.#reader.choose(p)
  }
}
