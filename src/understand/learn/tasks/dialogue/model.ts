import { foldOf } from '../../folds.ts'
import { FOLDS, pick } from '../../linear/classifier.ts'
import type { ClassReader } from '../../neural/strong-classes.ts'
import { DIALOGUE_LENGTHS, hashDialogue, hashTurn, ROOM, spokenTurn, TURN_LENGTHS } from './context.ts'
import { type Head, HeadReader, learnHead } from './heads.ts'
import type { DialogueAnswer, DialogueRow, TurnAnswer } from './rows.ts'

/** What is learnt of dialogues. A head is null where the file does not tell its labels. */
export interface DialogueModel {
  /** What every customer turn asks for, "nothing" included. */
  first: Head | null
  /** The group of a turn that asks for something, by its words and by what the first head says of the turns around it. */
  group: Head | null
  turn: Head | null
  overall: Head | null
  mean: Head | null
  /** The mean rating of the rows of each class of `mean`. */
  levels: number[]
  /** A turn whose probability of "nothing" is above this asks for nothing. */
  silence: number
}

interface Place {
  row: DialogueRow
  at: number
}

const LEVELS = 5

export const dialogueText = ({ turns }: DialogueRow): string => turns.map(({ text }) => text).join('\n')

const customerTurns = (rows: DialogueRow[]): Place[] =>
  rows.flatMap((row) => row.turns.flatMap(({ customer }, at) => (customer ? [{ row, at }] : [])))

/** Learns what the rows, all labelled, tell; and the honest answers to them. */
export function learnDialogues(
  rows: DialogueRow[],
  seed: number,
): { model: DialogueModel; outOfFold: DialogueAnswer[]; lessons: Lessons | null } {
  const folds = new Map(rows.map((row) => [row, foldOf(dialogueText(row), FOLDS, 'inner')]))
  const places = customerTurns(
    rows.filter(({ turns, overall }) => overall !== null || turns.some(({ group }) => group)),
  )
  const ofPlaces = (list: Place[]) => ({
    count: list.length,
    hash: (i: number, out: Uint32Array) => hashTurn(list[i]!.row.turns, list[i]!.at, out),
    lengths: TURN_LENGTHS,
    fold: (i: number) => folds.get(list[i]!.row)!,
  })
  const groupOf = ({ row, at }: Place) => row.turns[at]!.group
  const first = learnHead({ ...ofPlaces(places), label: (i) => groupOf(places[i]!), even: false }, seed)
  const asking = places.filter((place) => groupOf(place) !== null)
  const side = first ? sideOf(places, first.outOfFold, first.classes.length) : null
  const widths = first ? first.classes.length * AROUND : 0
  const askingSide = new Float64Array(asking.length * widths)
  if (side) for (const [i, place] of asking.entries()) askingSide.set(side.get(place)!, i * widths)
  const group = learnHead(
    { ...ofPlaces(asking), label: (i) => groupOf(asking[i]!), even: true, side: { values: askingSide, width: widths } },
    seed,
  )
  const turn = learnHead(
    { ...ofPlaces(places), label: (i) => places[i]!.row.turns[places[i]!.at]!.satisfaction, even: false },
    seed,
  )
  const ofRows = (list: DialogueRow[]) => ({
    count: list.length,
    hash: (i: number, out: Uint32Array) => hashDialogue(list[i]!.turns, out),
    lengths: DIALOGUE_LENGTHS,
    fold: (i: number) => folds.get(list[i]!)!,
  })
  const judged = rows.filter(({ overall }) => overall !== null)
  const overall = learnHead({ ...ofRows(judged), label: (i) => judged[i]!.overall, even: false }, seed)
  const rated = rows.filter(({ mean }) => mean !== null)
  const { level, levels } = levelsOf(rated.map(({ mean }) => mean!))
  const mean = learnHead({ ...ofRows(rated), label: (i) => level(rated[i]!.mean!), even: false }, seed)
  const turnAnswers = honestTurns(places, first, group, turn, asking)
  const silence = first && group ? bestSilence(places, turnAnswers) : 1
  const model = { first, group, turn, overall, mean, levels, silence }
  const overallAt = new Map(judged.map((row, i) => [row, i]))
  const ratedAt = new Map(rated.map((row, i) => [row, i]))
  const outOfFold = rows.map((row): DialogueAnswer => {
    const turns = row.turns.map((_, at) => {
      const found = turnAnswers.get(row)?.get(at)
      return found ? settle(found, silence) : null
    })
    return {
      turns,
      overall: overall && overallAt.has(row) ? (chosenAt(overall, overallAt.get(row)!) as number) : null,
      mean: mean && ratedAt.has(row) ? expected(probabilitiesAt(mean, ratedAt.get(row)!), mean, levels) : null,
    }
  })
  const lessons = group && {
    texts: asking.map(({ row, at }) => spokenTurn(row.turns, at)),
    labels: asking.map((place) => group.classes.indexOf(groupOf(place))),
    weights: asking.map(() => 1),
    classes: group.classes.length,
    fast: group.outOfFold,
  }
  return { model, outOfFold, lessons }
}

/** What the strong tier learns the groups from: turns that ask for something, and what the fast tier says of each unseen. */
export interface Lessons {
  texts: string[]
  labels: number[]
  weights: number[]
  classes: number
  fast: Float64Array
}

type Honest = Head & { outOfFold: Float64Array }

const probabilitiesAt = ({ classes, outOfFold }: Honest, i: number): Float64Array =>
  outOfFold.subarray(i * classes.length, (i + 1) * classes.length)

const chosenAt = (head: Honest, i: number) => head.classes[pick(probabilitiesAt(head, i), 0, head.classifier.favours)]!

// The turn itself, the customer's turns before and after it, and the dialogue as a whole.
const AROUND = 4

/** Of each customer turn, what the first head says of it and around it; keyed by the place. */
function sideOf(places: Place[], p: Float64Array, classes: number): Map<Place, Float64Array> {
  const side = new Map<Place, Float64Array>()
  for (let from = 0; from < places.length; ) {
    let to = from
    while (to < places.length && places[to]!.row === places[from]!.row) to++
    const own = p.subarray(from * classes, to * classes)
    for (let i = from; i < to; i++) side.set(places[i]!, around(own, i - from, classes))
    from = to
  }
  return side
}

function around(p: Float64Array, at: number, classes: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(classes * AROUND)
  const turns = p.length / classes
  for (let c = 0; c < classes; c++) {
    out[c] = p[at * classes + c]!
    out[classes + c] = at > 0 ? p[(at - 1) * classes + c]! : 0
    out[2 * classes + c] = at + 1 < turns ? p[(at + 1) * classes + c]! : 0
    let sum = 0
    for (let i = 0; i < turns; i++) sum += p[i * classes + c]!
    out[3 * classes + c] = sum / turns
  }
  return out
}

/** A turn's answer before it is decided whether it asks for anything. */
interface Open extends TurnAnswer {
  nothing: number
}

const settle = ({ nothing, ...answer }: Open, silence: number): TurnAnswer =>
  nothing > silence ? { ...answer, group: null, confidence: nothing } : answer

function honestTurns(
  places: Place[],
  first: Honest | null,
  group: Honest | null,
  turn: Honest | null,
  asking: Place[],
) {
  const found = new Map<DialogueRow, Map<number, Open>>()
  const rank = new Map(asking.map((place, i) => [place, i]))
  places.forEach((place, i) => {
    const p = first ? probabilitiesAt(first, i) : null
    const nothing = p && first!.classes.includes(null) ? p[first!.classes.indexOf(null)]! : 0
    const asked = rank.get(place)
    const best = group && asked !== undefined ? probabilitiesAt(group, asked) : null
    const chosen = best ? pick(best, 0, group!.classifier.favours) : -1
    const own = found.get(place.row) ?? new Map<number, Open>()
    own.set(place.at, {
      group: chosen >= 0 ? (group!.classes[chosen] as string) : null,
      confidence: best ? best[chosen]! * (1 - nothing) : nothing,
      ifAsking: best ? best[chosen]! : 0,
      satisfaction: turn ? (chosenAt(turn, i) as number | null) : null,
      nothing,
    })
    found.set(place.row, own)
  })
  return found
}

/** The least probability of "nothing" at which at most one turn in 200 that asks for something is passed over. */
function bestSilence(places: Place[], answers: Map<DialogueRow, Map<number, Open>>): number {
  const nothing = places
    .filter(({ row, at }) => row.turns[at]!.group !== null)
    .map(({ row, at }) => answers.get(row)!.get(at)!.nothing)
    .sort((a, b) => b - a)
  return nothing[Math.floor(nothing.length / 200)] ?? 1
}

/** Ratings in five classes of about equal size, and the mean rating of each. */
function levelsOf(ratings: number[]): { level(rating: number): number; levels: number[] } {
  const sorted = [...ratings].sort((a, b) => a - b)
  const cuts = Array.from({ length: LEVELS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / LEVELS)] ?? 0)
  const level = (rating: number) => cuts.filter((cut) => rating >= cut).length
  const levels = Array.from({ length: LEVELS }, (_, k) => {
    const own = ratings.filter((rating) => level(rating) === k)
    return own.reduce((sum, rating) => sum + rating, 0) / Math.max(1, own.length)
  })
  return { level, levels }
}

const expected = (p: Float64Array, { classes }: Head, levels: number[]): number =>
  classes.reduce<number>((sum, level, c) => sum + p[c]! * levels[level as number]!, 0)

export class DialogueReader {
  readonly #model: DialogueModel
  /** Of the groups, beside the fast head; null in a model of the fast tier. */
  readonly #strong: ClassReader | null
  readonly #heads: Record<'first' | 'group' | 'turn' | 'overall' | 'mean', HeadReader | null>

  constructor(model: DialogueModel, strong: ClassReader | null) {
    this.#strong = strong
    const hashes = new Uint32Array(ROOM)
    const reader = (head: Head | null) => (head ? new HeadReader(head, hashes) : null)
    this.#model = model
    this.#heads = {
      first: reader(model.first),
      group: reader(model.group),
      turn: reader(model.turn),
      overall: reader(model.overall),
      mean: reader(model.mean),
    }
  }

  read(row: DialogueRow): DialogueAnswer {
    const { overall, mean } = this.#heads
    const whole = (out: Uint32Array) => hashDialogue(row.turns, out)
    return {
      turns: this.#readTurns(row),
      overall: overall ? (overall.head.classes[overall.choose(overall.read(whole))] as number) : null,
      mean: mean ? expected(mean.read(whole), mean.head, this.#model.levels) : null,
    }
  }

  #readTurns(row: DialogueRow): (TurnAnswer | null)[] {
    const { first, group, turn } = this.#heads
    const places = customerTurns([row])
    const classes = first?.head.classes.length ?? 0
    const p = new Float64Array(places.length * classes)
    const hash = (at: number) => (out: Uint32Array) => hashTurn(row.turns, at, out)
    if (first) for (const [i, { at }] of places.entries()) p.set(first.read(hash(at)), i * classes)
    const second = this.#strong?.read(places.map(({ at }) => spokenTurn(row.turns, at)))
    const answers: (TurnAnswer | null)[] = row.turns.map(() => null)
    places.forEach(({ at }, i) => {
      const nothing = first?.head.classes.includes(null) ? p[i * classes + first.head.classes.indexOf(null)]! : 0
      const best = group?.read(hash(at), around(p, i, classes))
      if (best && second) this.#strong!.join(best, second[i]!)
      const chosen = best ? group!.choose(best) : -1
      const feel = turn?.read(hash(at))
      const open: Open = {
        group: chosen >= 0 ? (group!.head.classes[chosen] as string) : null,
        confidence: best ? best[chosen]! * (1 - nothing) : nothing,
        ifAsking: best ? best[chosen]! : 0,
        satisfaction: feel ? (turn!.head.classes[turn!.choose(feel)] as number | null) : null,
        nothing,
      }
      answers[at] = settle(open, this.#model.silence)
    })
    return answers
  }
}
