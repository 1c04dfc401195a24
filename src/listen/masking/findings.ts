/** A stretch of a folded text that must not stay, and what is put in its place. */
export interface Finding {
  start: number
  end: number
  put: string
}

/** What was found so far. What was found first stands: patterns that are surer run earlier. */
export class Findings {
  readonly #found: Finding[] = []

  add(start: number, end: number, put: string): void {
    if (!this.#found.some((one) => one.start < end && start < one.end)) this.#found.push({ start, end, put })
  }

  /** Adds what `pattern` (global) finds; `put` says what stands in its place, or undefined where it is nothing of the kind. */
  each(text: string, pattern: RegExp, put: (match: RegExpExecArray) => string | undefined): void {
    for (const match of matches(text, pattern)) {
      const instead = put(match)
      if (instead !== undefined) this.add(match.index, match.index + match[0].length, instead)
    }
  }

  /** The same for a part of the match: its first group, which must be its end. */
  eachTail(text: string, pattern: RegExp, put: (tail: string, match: RegExpExecArray) => string | undefined): void {
    for (const match of matches(text, pattern)) {
      const tail = match[1]!
      const instead = put(tail, match)
      const end = match.index + match[0].length
      if (instead !== undefined) this.add(end - tail.length, end, instead)
    }
  }

  inOrder(): readonly Finding[] {
    return this.#found.sort((a, b) => a.start - b.start)
  }
}

const NONE: readonly RegExpExecArray[] = []

/** All that a global pattern finds. `matchAll` makes a new pattern each time, which costs more than most texts are worth. */
export function matches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0
  let match = pattern.exec(text)
  if (match === null) return NONE
  const all: RegExpExecArray[] = []
  for (; match !== null; match = pattern.exec(text)) {
    all.push(match)
    if (match[0] === '') pattern.lastIndex++
  }
  return all
}
