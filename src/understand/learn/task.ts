import type { Result } from '../../core/result.ts'

/** The lab's tasks: what a brand can teach the engine from labelled lines. */
export const taskIds = ['class', 'pair', 'labels', 'term-polarity', 'opinions', 'triplets', 'dialogue'] as const
export type TaskId = (typeof taskIds)[number]

/** `fast` reads every voice; `strong` reads where the time allows, and teaches the fast one. */
export const tiers = ['fast', 'strong'] as const
export type Tier = (typeof tiers)[number]

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export type Tensor =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array

/** What a task keeps in a model file, beside the card: a header of its own and named arrays. */
export interface Parts {
  header: Json
  tensors: Record<string, Tensor>
}

/** What learning gives: the model's parts and, where they are at hand, honest answers to the rows it learnt from. */
export interface Taught<Answer> extends Parts {
  /** Of each row of `learn`, in order, the answer of a model that had not seen it; null for an unlabelled row. */
  outOfFold?: (Answer | null)[]
}

export interface LearnOptions {
  tier: Tier
  seed: number
  /** Progress, a line at a time. */
  say(line: string): void
}

export interface Predictor<Row, Answer> {
  /** One answer a row, in order; an answer never depends on the other rows of the call. */
  predict(rows: Row[]): Answer[] | Promise<Answer[]>
}

export interface ClassScores {
  label: string
  precision: number
  recall: number
  f1: number
  /** How often the label is right in the rows measured. */
  n: number
}

/** The figures of a task on labelled rows; shares are 0–1. */
export interface Scores {
  /** The figure by which the task is judged. */
  main: { name: string; value: number }
  measures: Record<string, number>
  perClass: ClassScores[]
  /** What was said for what, the most frequent first. */
  confusions: { gold: string; said: string; n: number }[]
}

export interface Judged<Row, Answer> {
  row: Row
  gold: Answer
  said: Answer
}

/** One thing that an answer says of a row, beside what the row's label says in its place (null: nothing). */
export interface Claim {
  /** The words or the turn that it is about, where it is not the text as a whole. */
  of?: string
  said: string
  gold: string | null
  isRight: boolean
  /** 0–1. */
  confidence: number
}

/**
 * One task of the lab: how a line of its files is read, learnt from, answered in the same shape, and scored.
 * Offsets in files are code points, inside they are UTF-16 units; the conversion is the task's door (`parse`, `write`).
 */
export interface Task<Row = unknown, Answer = unknown> {
  id: TaskId
  /** What it learns, in one sentence. */
  says: string
  /** The tiers in which it can be learnt, the default first. */
  tiers: readonly Tier[]
  /** A parsed line as a row; the problem says which field is wrong. Fields that the task does not know are kept for `write`. */
  parse(json: Json): Result<Row>
  /** The row's label, or null for an unlabelled line. */
  gold(row: Row): Answer | null
  /** The text by which rows are told apart when they are split (equal texts never sit on both sides). */
  textOf(row: Row): string
  /** Deterministic to the byte by rows, tier and seed. Fails where there is too little to learn from. */
  learn(rows: Row[], options: LearnOptions): Promise<Result<Taught<Answer>>>
  /** Fails where the parts are not of this task or do not fit together. */
  load(parts: Parts): Result<Predictor<Row, Answer>>
  /** The answer in the train file's own shape. */
  write(row: Row, answer: Answer): Json
  score(judged: Judged<Row, Answer>[]): Scores
  /** What an answer says one by one, in the words of people, for how far its confidence holds and for labels that look wrong. */
  claims(judged: Judged<Row, Answer>): Claim[]
}

/** The answers to the labelled rows, in their order, as answers to all rows: null to the others. */
export function spread<Row, Answer>(
  rows: Row[],
  isLabelled: (row: Row) => boolean,
  answer: (nth: number) => Answer,
): (Answer | null)[] {
  let nth = 0
  return rows.map((row) => (isLabelled(row) ? answer(nth++) : null))
}

/** Checks a task's types where it is defined; the list holds tasks of many rows. */
export const defineTask = <Row, Answer>(task: Task<Row, Answer>): Task<Row, Answer> => task
