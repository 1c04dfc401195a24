import type { Judged, Scores } from '../../task.ts'
import type { TermAnswer, TermsRow } from './rows.ts'

/** The share of terms whose polarity is right; beside it the mean F1 of the polarities. */
export function scoreTerms(judged: Judged<TermsRow, TermAnswer[]>[]): Scores {
  const counts = new Map<string, { gold: string; said: string; n: number }>()
  let all = 0
  let right = 0
  for (const { gold, said } of judged) {
    gold.forEach((one, i) => {
      const pair = { gold: one.polarity, said: said[i]!.polarity }
      const key = JSON.stringify(pair)
      const known = counts.get(key) ?? { ...pair, n: 0 }
      counts.set(key, known)
      known.n++
      all++
      if (pair.gold === pair.said) right++
    })
  }
  const cells = [...counts.values()]
  const labels = [...new Set(cells.map((cell) => cell.gold))].sort()
  const perClass = labels.map((label) => classScores(cells, label))
  const accuracy = right / Math.max(1, all)
  const macro = perClass.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, perClass.length)
  return {
    main: { name: 'accuracy', value: accuracy },
    measures: { accuracy, 'macro-F1': macro },
    perClass: perClass.sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1)),
    confusions: cells.filter(({ gold, said }) => gold !== said).sort((a, b) => b.n - a.n),
  }
}

function classScores(cells: { gold: string; said: string; n: number }[], label: string) {
  const sum = (passes: (cell: { gold: string; said: string }) => boolean) =>
    cells.reduce((total, cell) => (passes(cell) ? total + cell.n : total), 0)
  const right = sum(({ gold, said }) => gold === label && said === label)
  const n = sum(({ gold }) => gold === label)
  const said = sum((cell) => cell.said === label)
  return { label, precision: said > 0 ? right / said : 0, recall: right / n, f1: (2 * right) / (n + said), n }
}
