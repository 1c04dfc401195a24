import type { Alphabet } from './alphabet.ts'
import type { CorpusSet } from './corpus.ts'
import { SIZES } from './encoder.ts'

export interface EncoderFacts {
  seed: number
  bytes: number
  sets: { set: CorpusSet; texts: string[] }[]
  figures: { characters: number; heldOut: number; bits: number }
  alphabet: Alphabet
}

/** The encoder's card, written by the run that trained it. */
export function encoderCard({ seed, bytes, sets, figures, alphabet }: EncoderFacts): string {
  const number = (value: number) => value.toLocaleString('en')
  const rows = sets.map(
    ({ set, texts }) => `| ${set.id} (${set.files.join(', ')}) | ${set.licence} | ${number(texts.length)} |`,
  )
  return `# The encoder of the strong tier

A forward and a backward recurrent layer over characters and pairs of neighbours, taught to tell the next and the previous character of
Chinese shop reviews, posts and questions. \`daystar learn --tier strong\` starts from it; without it the strong tier starts from random
numbers and reads less well. It holds no text and no labels were used.

- File: \`encoder.weights\`, ${number(bytes)} bytes; format in \`src/understand/learn/tensor-file.ts\`, tables in 8 bits, the rest in 16.
- Made by \`node src/understand/learn/neural/train-encoder.ts --data DIR\` (seed ${seed}); the same data and seed give the same file,
  on processors with fused multiply–add. This card is written by that command.
- ${number(alphabet.size)} characters of ${SIZES.char} numbers, ${number(alphabet.pairs.length)} pairs of ${SIZES.bigram}, ${SIZES.state} units in each direction.
- Had ${number(figures.characters)} characters to read, and read the share that 4,400 batches hold (about two thirds). On ${number(figures.heldOut)} held-out pieces (one text in a hundred by its hash) it needs
  ${figures.bits.toFixed(2)} bits a character, the mean of both directions.

## What it read

Labels were left out, and so were the dev files of the sets on which figures are measured. Every text once.

| set | licence that its source states | texts |
|---|---|---|
${rows.join('\n')}

Where no licence is stated the original owners' terms apply. None of the texts is in this repository. **For commercial use, train it again
on texts of your own**: the command takes any folder of the same shape.
`
}
