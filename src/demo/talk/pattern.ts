import type { Random } from '../random.ts'

/**
 * A text with choices: `(a|b|)` is one of its branches (which may nest), `{name}` is replaced by the slot of that name,
 * itself a pattern. `(很|太)吵` gives 很吵 or 太吵.
 */
export type Pattern = string
export type Slots = Readonly<Record<string, Pattern>>

type Node = string | { slot: string } | { branches: Node[][] }

const parsed = new Map<Pattern, Node[]>()

/** One text of a pattern. Throws where a bracket is left open or a slot is unknown. */
export function expand(pattern: Pattern, random: Random, slots: Slots): string {
  // Plain text, such as an order's number in a slot, is not worth remembering.
  if (!pattern.includes('(') && !pattern.includes('{')) return pattern
  let nodes = parsed.get(pattern)
  if (!nodes) {
    nodes = parse(pattern)
    parsed.set(pattern, nodes)
  }
  return write(nodes, random, slots)
}

function write(nodes: readonly Node[], random: Random, slots: Slots): string {
  let text = ''
  for (const node of nodes) {
    if (typeof node === 'string') text += node
    else if ('branches' in node) text += write(random.pick(node.branches), random, slots)
    else {
      const filler = slots[node.slot]
      if (filler === undefined) throw new Error(`no slot is called "${node.slot}"`)
      text += expand(filler, random, slots)
    }
  }
  return text
}

function parse(pattern: Pattern): Node[] {
  let at = 0
  const sequence = (inside: boolean): Node[][] => {
    const branches: Node[][] = [[]]
    for (; at < pattern.length; at++) {
      const sign = pattern[at]!
      const branch = branches.at(-1)!
      if (sign === ')' && inside) return branches
      if (sign === '|' && inside) branches.push([])
      else if (sign === '(') {
        at++
        branch.push({ branches: sequence(true) })
      } else if (sign === '{') {
        const close = pattern.indexOf('}', at)
        if (close < 0) throw new Error(`an open { in "${pattern}"`)
        branch.push({ slot: pattern.slice(at + 1, close) })
        at = close
      } else if (typeof branch.at(-1) === 'string') branch[branch.length - 1] += sign
      else branch.push(sign)
    }
    if (inside) throw new Error(`an open ( in "${pattern}"`)
    return branches
  }
  return sequence(false)[0]!
}

/** What people say of one category. Keys are `aspect` or `aspect/scene`. */
export interface Phrases {
  slots: Slots
  complaints: Readonly<Record<string, readonly Pattern[]>>
  /** Said with a smile, meant otherwise. */
  sarcasm: Readonly<Record<string, readonly Pattern[]>>
  /** What is picked or written as the reason of a return. */
  reasons: Readonly<Record<string, readonly Pattern[]>>
  praise: Readonly<Record<string, readonly Pattern[]>>
  /** Neither good nor bad: what it is for, who it is for. */
  chatter: readonly Pattern[]
  questions: readonly Pattern[]
}
