import { normalised } from '../folds.ts'
import { readRows } from '../reader/datasets.ts'

export interface CorpusSet {
  id: string
  licence: string
  files: string[]
}

const NONE = 'none stated'
const RESEARCH = 'repository MIT, data for research under the original licences'

/** What the encoder reads: the texts of the training parts, without their labels. Dev parts that figures are read on stay out. */
const CORPUS: readonly CorpusSet[] = [
  { id: 'zhejiang_opinion', licence: 'none stated (competition data)', files: ['train', 'unlabelled_laptop'] },
  { id: 'chinese_aste_reviews', licence: RESEARCH, files: ['train'] },
  { id: 'chinese_absa_4domains', licence: RESEARCH, files: ['train'] },
  { id: 'chinese_absa_shampoo', licence: RESEARCH, files: ['train'] },
  { id: 'bdci2018_car', licence: NONE, files: ['train', 'unlabelled'] },
  { id: 'asap_sample', licence: 'Apache-2.0', files: ['train'] },
  { id: 'chnsenticorp', licence: NONE, files: ['train'] },
  { id: 'online_shopping_10_cats', licence: NONE, files: ['train_1', 'train_2'] },
  { id: 'waimai_10k', licence: NONE, files: ['train'] },
  { id: 'eprstmt', licence: NONE, files: ['train', 'unlabelled'] },
  { id: 'smp2020_emotion', licence: NONE, files: ['usual_train', 'virus_train'] },
  { id: 'nlpcc2013_emotion', licence: 'repository MIT', files: ['train'] },
  { id: 'clue_emotion2020', licence: NONE, files: ['dev'] },
  { id: 'jddc_uss', licence: 'repository MIT; the terms of JD for the dialogues', files: ['dialogues'] },
  { id: 'dch1_helpdesk_zh', licence: NONE, files: ['train'] },
  { id: 'afqmc_atec', licence: NONE, files: ['train_atec'] },
  { id: 'lcqmc', licence: "none stated; the owners' permission is needed", files: ['dev'] },
  { id: 'bq_corpus', licence: "none stated; the owners' permission is needed", files: ['unlabelled_pairs'] },
  { id: 'bustm', licence: NONE, files: ['train', 'unlabelled'] },
]

type Json = Record<string, unknown>

function textsOf(row: Json): string[] {
  const turns = Array.isArray(row.turns) ? (row.turns as Json[]) : []
  return [row.text, row.text_a, row.text_b, ...turns.map((turn) => turn.text)].filter(
    (text) => typeof text === 'string',
  )
}

/** The texts of each set, every text once over all of them. */
export function corpusTexts(dir: string): { set: CorpusSet; texts: string[] }[] {
  const seen = new Set<string>()
  return CORPUS.map((set) => {
    const texts: string[] = []
    for (const file of set.files) {
      for (const row of readRows(dir, `${set.id}/${file}.jsonl`)) {
        for (const text of textsOf(row)) {
          const key = normalised(text)
          if (key === '' || seen.has(key)) continue
          seen.add(key)
          texts.push(text)
        }
      }
    }
    return { set, texts }
  })
}
