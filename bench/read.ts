/**
 * How fast the language engine reads, alone and on one thread: the full reading of a voice, and its sentiment alone. Beside them in the same
 * run: a bare pass that looks each two neighbouring characters up in a set, the segmentation of the same texts by @node-rs/jieba (native
 * code), and Debian's `fasttext` classifier over single characters with 1–3-grams, where it is installed (apt-get install fasttext).
 *
 *   node bench/read.ts [--rounds 3] [--texts 20000]
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { Classifier } from '../src/understand/classifier.ts'
import { loadReader, readWeights } from '../src/understand/reader.ts'
import { foldText } from '../src/understand/text.ts'
import { decodeWeights } from '../src/understand/weights.ts'
import { type Review, reviews } from './reviews.ts'
import { count, machine, median, numberOption, scratch, timed } from './rig.ts'

const rounds = numberOption('rounds', 3)
const { of, reviews: all } = reviews()
const wanted = numberOption('texts', 20_000)
const step = Math.max(1, Math.floor(all.length / wanted))
const texts = all.filter((_, place) => place % step === 0)
const characters = texts.reduce((sum, { text }) => sum + text.length, 0)

console.log(`read: ${count(texts.length)} reviews of ${of}, ${count(characters)} characters`)
console.log(machine())

let mentions = 0
const contenders: { name: string; run: () => number }[] = [
  { name: 'bare pass', run: barePass() },
  { name: 'jieba segmentation', run: segmentation() },
  { name: 'reader, all', run: fullReading() },
  { name: 'reader, sentiment', run: sentimentAlone() },
]
const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
for (let round = 0; round <= rounds; round++) {
  for (const { name, run } of contenders) {
    const { ms } = await timed(run)
    // The first round warms up.
    if (round > 0) times.get(name)!.push(ms)
  }
}
const fastText = classifyByFastText()
if (fastText) times.set('fasttext predict', fastText)

const medians = new Map([...times].map(([name, list]) => [name, median(list)]))
const full = medians.get('reader, all')!
console.log(
  `median of ${rounds} rounds, one thread; ${(mentions / texts.length / (rounds + 1)).toFixed(2)} mentions a text`,
)
for (const [name, ms] of medians) {
  const rate = `${count(texts.length / (ms / 1000)).padStart(9)} texts/s ${(characters / ms / 1000).toFixed(2).padStart(7)} M characters/s`
  console.log(`  ${name.padEnd(20)} ${rate}   the full reading takes ${(full / ms).toFixed(2)} × this`)
}
if (!fastText) console.log('  fasttext is not installed and was left out (apt-get install fasttext)')
start()
console.log(machine())

function barePass(): () => number {
  const vocabulary = new Set(loadReader().packs.flatMap((pack) => pack.aspects.flatMap((aspect) => aspect.terms)))
  return () => {
    let hits = 0
    for (const { text } of texts) {
      let before = ''
      for (const character of text) {
        if (vocabulary.has(before + character)) hits++
        before = character
      }
    }
    return hits
  }
}

function segmentation(): () => number {
  const jieba = Jieba.withDict(dict)
  return () => texts.reduce((words, { text }) => words + jieba.cut(text).length, 0)
}

function fullReading(): () => number {
  const reader = loadReader()
  return () => {
    for (const { text, category } of texts) mentions += reader.read({ text, category, kind: 'review' }).mentions.length
    return mentions
  }
}

function sentimentAlone(): () => number {
  const bytes = readWeights(undefined)
  const weights = bytes.ok && bytes.value ? decodeWeights(bytes.value) : null
  if (!weights?.ok) throw new Error('The shipped weights are missing or broken: sentiment alone cannot be measured.')
  const classifier = new Classifier(weights.value)
  return () => texts.reduce((sum, { text }) => sum + classifier.sentiment(foldText(text), 0, text.length), 0)
}

/** Whole runs of `fasttext predict`, less a run on one line (start and loading); null where it is not installed. */
function classifyByFastText(): number[] | null {
  if (spawnSync('fasttext').error) return null
  const folder = scratch('fasttext')
  const spaced = ({ text }: Review) => [...text.replace(/\s+/g, '')].join(' ')
  const train = path.join(folder, 'train.txt')
  const input = path.join(folder, 'input.txt')
  const one = path.join(folder, 'one.txt')
  const model = path.join(folder, 'model')
  writeFileSync(train, texts.map((review) => `__label__${review.rating >= 4 ? 1 : 0} ${spaced(review)}\n`).join(''))
  writeFileSync(input, texts.map((review) => `${spaced(review)}\n`).join(''))
  writeFileSync(one, `${spaced(texts[0]!)}\n`)
  const learnt = ['supervised', '-input', train, '-output', model, '-wordNgrams', '3', '-dim', '50', '-epoch', '1']
  spawnSync('fasttext', [...learnt, '-bucket', '1000000', '-thread', '1'])
  const run = (file: string): number => {
    const begun = performance.now()
    spawnSync('fasttext', ['predict', `${model}.bin`, file], { maxBuffer: 1 << 28 })
    return performance.now() - begun
  }
  return Array.from({ length: rounds }, () => Math.max(1, run(input) - run(one)))
}

/**
 * What one reader costs: a process that loads it and reads one text, against an empty one. The first start translates the sources, later
 * ones read what Node kept of them, as `./daystar` does.
 */
function start(): void {
  const module = JSON.stringify(path.resolve(import.meta.dirname, '../src/understand/reader.ts'))
  const env = { ...process.env, NODE_COMPILE_CACHE: scratch('start') }
  const script = (body: string) =>
    `${body}; console.log(JSON.stringify({ rss: process.memoryUsage().rss, ms: performance.now() }))`
  const run = (body: string) => {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script(body)], {
      env,
      encoding: 'utf8',
    })
    return JSON.parse(stdout) as { rss: number; ms: number }
  }
  const reading = `const { loadReader } = await import(${module}); loadReader().read({ text: '很吵', category: '取暖器' })`
  const [empty, first] = [run(''), run(reading)]
  const later = Array.from({ length: 5 }, () => run(reading))
  const ms = median(later.map((one) => one.ms))
  const rss = median(later.map((one) => one.rss))
  console.log(
    `start: a process answers its first text ${count(ms)} ms after its beginning (the very first: ${count(first.ms)} ms, an empty one: ${count(empty.ms)} ms), with ${count(rss / 2 ** 20)} MB resident (empty: ${count(empty.rss / 2 ** 20)} MB)`,
  )
}
