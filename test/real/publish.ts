import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Report } from '../../src/app/report/shape.ts'
import { foldOf } from '../../src/understand/learn/folds.ts'
import {
  dataFolder,
  hasData,
  opinionOptions,
  opinionReviews,
  ordersFile,
  ordersOptions,
  type Review,
  reviewsCsv,
  shopOptions,
  shopReviews,
} from './review-files.ts'

/**
 * Makes the published report on real data, by the commands that any user has:
 *   node test/real/publish.ts --out FOLDER [--weights FOLDER] [--folds 5]
 *
 * The weights were taught with the very reviews that are read here, so the reviews are dealt into folds (equal texts in one fold) and
 * each fold is imported with weights trained without it. The data folders stay in FOLDER/data-*: start the console on them with
 * DAYSTAR_DATA. `--weights` takes fold weights that are there already.
 */
const { values } = parseArgs({
  options: { out: { type: 'string' }, weights: { type: 'string' }, folds: { type: 'string', default: '5' } },
})
if (!hasData) stop(`The public sets are not there: ${dataFolder}`)
const root = path.resolve(import.meta.dirname, '../..')
const out = path.resolve(values.out ?? mkdtempSync(path.join(tmpdir(), 'daystar-real-')))
const folds = Number(values.folds)
mkdirSync(out, { recursive: true })
// Started as root, PostgreSQL runs as an ordinary user and has to reach its folder.
chmodSync(out, 0o755)
for (const name of ['data-reviews', 'data-orders'])
  if (existsSync(path.join(out, name))) stop(`${path.join(out, name)} is there already: name another folder.`)

const weights = values.weights ?? trainFolds()
importReviews()
importOrders()

function trainFolds(): string {
  const folder = path.join(out, 'weights')
  for (let fold = 0; fold < folds; fold++) {
    const script = path.join(root, 'src/understand/learn/reader/train-reader.ts')
    run(process.execPath, [script, '--data', dataFolder, '--out', folder, '--exclude-fold', `${fold}/${folds}`])
  }
  return folder
}

function importReviews(): void {
  const data = path.join(out, 'data-reviews')
  const sets = [
    { name: 'shop-reviews', reviews: shopReviews(), options: shopOptions },
    { name: 'opinions', reviews: opinionReviews(), options: opinionOptions },
  ]
  for (const { name, reviews, options } of sets) {
    for (let fold = 0; fold < folds; fold++) {
      const file = path.join(out, `${name}-${fold}.csv`)
      writeFileSync(file, reviewsCsv(reviews.filter((review: Review) => foldOf(review.text, folds) === fold)))
      const unseen = path.join(weights, `reader.without-${fold}-of-${folds}.weights`)
      daystar(['import', 'reviews-csv', file, ...options], { DAYSTAR_DATA: data, DAYSTAR_WEIGHTS: unseen })
    }
  }
  const report = makeReports(data, 'reviews', {
    zh: `评价按 ${folds} 折读取：每折都由训练时没有见过它的权重来读（相同文本在同一折）。词包在编写时参考过这些数据集的常见词，因此并非完全未见。`,
    en: `The reviews were read out of fold: each of ${folds} folds by weights trained without it, equal texts in one fold. The packs were written with the frequent words of these sets at hand and are not blind to them.`,
  })
  for (const { category, voices, drivers, aspects } of report.categories) {
    const ranked = drivers.length > 0 ? drivers.map((one) => one.what.zh) : aspects.map((one) => one.name.zh)
    console.log(`${category} (${voices}): ${ranked.slice(0, 8).join(' ')}`)
  }
}

function importOrders(): void {
  const data = path.join(out, 'data-orders')
  daystar(['import', 'reviews-csv', ordersFile, ...ordersOptions], { DAYSTAR_DATA: data })
  const { drivers, apart } = makeReports(data, 'orders')
  for (const { what, outcome, exposed, control } of drivers)
    console.log(
      `${what.en}, ${outcome.en}: ${exposed.value?.toFixed(3)} (n ${exposed.n}) against ${control.value?.toFixed(3)} (n ${control.n})`,
    )
  for (const { what, outcome, orders, estimate } of apart)
    console.log(`apart, ${what.en} (${orders}), ${outcome.en}: ${estimate.value?.toFixed(3)} (n ${estimate.n})`)
}

/** The report in both languages and as data; returns the data. */
function makeReports(data: string, name: string, note?: { zh: string; en: string }): Report {
  for (const [lang, format] of [
    ['zh', 'html'],
    ['en', 'html'],
    ['en', 'json'],
  ] as const) {
    const file = path.join(out, `${name}${format === 'html' ? `.${lang}` : ''}.${format}`)
    const noted = note ? ['--reader-note', note[lang]] : []
    daystar(['report', '--lang', lang, '--out', file, ...noted], { DAYSTAR_DATA: data })
  }
  return JSON.parse(readFileSync(path.join(out, `${name}.json`), 'utf8')) as Report
}

function daystar(args: string[], env: Record<string, string>): void {
  run(path.join(root, 'daystar'), args, env)
}

function run(command: string, args: string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(command, args, { env: { ...process.env, ...env }, stdio: 'inherit' })
  if (status !== 0) stop(`${command} ${args.join(' ')} ended with ${status}`)
}

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}
