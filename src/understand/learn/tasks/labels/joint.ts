/** A topic together with a sentiment of it (null where labels have none): a class of the strong tier. Both by their numbers. */
export interface Joint {
  subject: number
  sentiment: number | null
}

/** The probabilities of a text's topics, and of the sentiments of one of them; null where labels have none. */
export interface Guess {
  topics: Float64Array
  feel(subject: number): Float64Array | null
}

/** Every joint that occurs, each once, in the order of topics and sentiments. */
export function jointsOf(labels: Joint[]): Joint[] {
  const all = new Map(labels.map((one) => [keyOf(one), { subject: one.subject, sentiment: one.sentiment }]))
  return [...all.values()].sort((a, b) => a.subject - b.subject || (a.sentiment ?? -1) - (b.sentiment ?? -1))
}

const keyOf = ({ subject, sentiment }: Joint): string => `${subject} ${sentiment}`

/** The number of each label among the joints. */
export function numbersOf(labels: Joint[], joints: Joint[]): number[] {
  const numbers = new Map(joints.map((joint, i) => [keyOf(joint), i]))
  return labels.map((label) => numbers.get(keyOf(label))!)
}

/** Writes a guess as one distribution over the joints. */
export function spreadOver(joints: Joint[], { topics, feel }: Guess, out: Float64Array): void {
  let total = 0
  for (const [i, { subject, sentiment }] of joints.entries()) {
    out[i] = topics[subject]! * (sentiment === null ? 1 : (feel(subject)?.[sentiment] ?? 1))
    total += out[i]!
  }
  for (let i = 0; i < out.length; i++) out[i]! /= total
}

/** A distribution over the joints as a guess: the sums of the topics, and the shares of the sentiments within one. */
export function guessFrom(joints: Joint[], p: Float64Array, subjects: number, sentiments: number): Guess {
  const topics = new Float64Array(subjects)
  for (const [i, { subject }] of joints.entries()) topics[subject]! += p[i]!
  return {
    topics,
    feel(wanted) {
      const shares = new Float64Array(sentiments)
      for (const [i, { subject, sentiment }] of joints.entries())
        if (subject === wanted && sentiment !== null) shares[sentiment]! += p[i]! / topics[wanted]!
      return sentiments === 0 ? null : shares
    },
  }
}
