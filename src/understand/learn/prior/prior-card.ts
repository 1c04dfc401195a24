import type { Dataset } from '../reader/datasets.ts'
import { PRIOR_BITS, PRIOR_FOLDS } from './sentiment.ts'

export interface PriorFacts {
  seed: number
  bytes: number
  checksum: string
  sets: Dataset[]
  unlabelled: number
  figures: { id: string; n: number; accuracy: number }[]
  pairBytes: number
  /** Area under the receiver's curve: how often a same pair is scored above a different one. */
  pairs: { id: string; n: number; auc: number }[]
  loosePairs: number
}

/** The prior's model card, written by the run that trained it: every figure in it was measured by that run. */
export const priorCard = ({
  seed,
  bytes,
  checksum,
  sets,
  unlabelled,
  figures,
  pairBytes,
  pairs,
  loosePairs,
}: PriorFacts): string => `# The priors: sentiment, and pairs of texts

## Sentiment

What \`daystar learn class\`, \`labels\` and \`dialogue\` may start from beside a brand's own labels: ${PRIOR_FOLDS} linear members over hashed
n-grams (1 to 3 characters or Latin words, 2^${PRIOR_BITS} buckets, int8). Member k was trained without the texts of fold k (a hash of the
normalised text), and any text is read by the member of its own fold. So a text that was trained on is read by a member that has not seen
it, its reading is as honest as an unseen text's, and \`learn\` can use it as a feature. \`learn\` decides on held-out folds whether it helps;
without the file everything works, less well.

- File: \`sentiment.model\`, ${bytes.toLocaleString('en')} bytes, SHA-256 begins ${checksum}.
- Made by \`node src/understand/learn/prior/train-prior.ts --data ../shared/data --out models/prior\` (seed ${seed}); the same data and seed give
  the same bytes.

### What it was trained on

| set | licence that its source states | rows used |
|---|---|---|
${sets.map((set) => `| ${set.id} | ${set.licence} | ${set.rows.length} |`).join('\n')}
| eprstmt and zhejiang_opinion, unlabelled texts (the side that a first pass was sure of) | none stated | ${unlabelled} |

Where no licence is stated the original owners' terms apply. None of the texts is in this repository. **For commercial use, train again on
labels of your own**, or delete the file. Texts whose labelled parts disagree and three-star ratings were left out.

### Figures

| measured on | n | accuracy |
|---|---|---|
${figures.map((f) => `| ${f.id} | ${f.n} | ${(f.accuracy * 100).toFixed(1)} % |`).join('\n')}

Equal texts share a fold; texts that differ by a few characters may not. online_shopping_10_cats holds most books, laptops and hotels of
chnsenticorp, so that the figures of these two sets gain a little from near-copies in each other.

## Pairs

What \`daystar learn pair\` may start from: ${PRIOR_FOLDS} members of boosted trees over how alike two texts are, cross-fitted by pair in the
same way, and how rare n-grams are in ${loosePairs.toLocaleString('en')} unlabelled pairs (bustm, bq_corpus) and the labelled ones.

- File: \`pair.model\`, ${pairBytes.toLocaleString('en')} bytes, made by the same command. No licence is stated for any of the sets.

| set | pairs | area under the curve, each pair by the member that has not seen it |
|---|---|---|
${pairs.map((set) => `| ${set.id} | ${set.n} | ${set.auc.toFixed(3)} |`).join('\n')}
`
