import type { Json } from '../decode/json.ts'

interface Branch {
  children: Map<string, Branch>
  /** Everything below is known, by this pattern. */
  pattern?: string
}

const newBranch = (): Branch => ({ children: new Map() })
/** Fields listed in a note, at most. */
const MOST = 60

/** Watches which fields of the objects of a file are known to the mapping, and remembers those that are not: nothing is dropped in silence. */
export class KnownPaths {
  readonly #root = newBranch()
  readonly #unknown = new Set<string>()
  readonly #met = new Set<string>()

  constructor(patterns: Iterable<string>) {
    for (const pattern of patterns) {
      let branch = this.#root
      for (const part of partsOf(pattern)) {
        if (part === '**') break
        const next = branch.children.get(part) ?? newBranch()
        branch.children.set(part, next)
        branch = next
      }
      branch.pattern ??= pattern
    }
  }

  watch(value: Json): void {
    if (this.#unknown.size < MOST) this.#walk(value, this.#root, '')
  }

  /** Paths that hold something and that nobody knows. */
  unknown(): string[] {
    return [...this.#unknown]
  }

  /** Whether a pattern's field held something in any object. */
  met(pattern: string): boolean {
    return this.#met.has(pattern)
  }

  #walk(value: Json, branch: Branch, path: string): void {
    if (isEmpty(value)) return
    if (branch.pattern !== undefined) {
      this.#met.add(branch.pattern)
      return
    }
    if (branch.children.size === 0 || typeof value !== 'object' || value === null) {
      this.#unknown.add(path)
      return
    }
    if (Array.isArray(value)) {
      const each = branch.children.get('[]')
      if (!each) this.#unknown.add(path)
      else for (const item of value) this.#walk(item, each, `${path}[]`)
      return
    }
    for (const [key, inner] of Object.entries(value)) {
      const next = branch.children.get(key) ?? branch.children.get('*')
      const at = path === '' ? key : `${path}.${key}`
      if (next) this.#walk(inner, next, at)
      else if (!isEmpty(inner)) this.#unknown.add(at)
    }
  }
}

/** `a.b[].c` as `a`, `b`, `[]`, `c`. */
export const partsOf = (pattern: string): string[] =>
  pattern
    .replaceAll('[]', '.[]')
    .split('.')
    .filter((part) => part !== '')

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true
  if (typeof value !== 'object') return false
  return Array.isArray(value) ? value.every(isEmpty) : Object.values(value).every(isEmpty)
}
