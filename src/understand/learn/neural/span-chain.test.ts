import { describe, expect, it } from 'vitest'
import { Lattice, tagsFor, tagsOf } from './span-chain.ts'

const N = 4
const TAGS = tagsFor(2)
const scores = () => Float32Array.from({ length: N * TAGS }, (_, i) => Math.sin(3.1 * i))
const moves = Float32Array.from({ length: TAGS * TAGS }, (_, i) => 0.5 * Math.cos(1.3 * i))
const allowed = (from: number, to: number) => to === 0 || to % 2 === 1 || from === to || from === to - 1

/** Every tagging with its weight, by brute force. */
function all(): { tags: number[]; weight: number }[] {
  let paths: number[][] = [[]]
  for (let t = 0; t < N; t++) paths = paths.flatMap((path) => [0, 1, 2, 3, 4].map((tag) => [...path, tag]))
  const legal = paths.filter((path) => path.every((tag, t) => allowed(t === 0 ? 0 : path[t - 1]!, tag)))
  const own = scores()
  return legal.map((tags) => {
    let score = 0
    for (const [t, tag] of tags.entries())
      score += own[t * TAGS + tag]! + (t > 0 ? moves[tags[t - 1]! * TAGS + tag]! : 0)
    return { tags, weight: Math.exp(score) }
  })
}

describe('the chain of spans', () => {
  it('finds every span with the share of the taggings that hold it', () => {
    const lattice = new Lattice(2)
    lattice.run(scores(), 0, TAGS, N, moves)
    const paths = all()
    const total = paths.reduce((sum, path) => sum + path.weight, 0)
    const spans = lattice.spans(1e-9, N)
    expect(spans).toHaveLength(2 * ((N * (N + 1)) / 2))
    for (const { sort, start, end, probability } of spans) {
      const holds = (tags: number[]) => {
        if (tags[start] !== 1 + 2 * sort || tags[end] === 2 + 2 * sort) return false
        return tags.slice(start + 1, end).every((tag) => tag === 2 + 2 * sort)
      }
      const share = paths.filter(({ tags }) => holds(tags)).reduce((sum, path) => sum + path.weight, 0) / total
      expect(probability).toBeCloseTo(share, 6)
    }
  })

  it('has the loss and the gradients of the right tagging', () => {
    const tags = tagsOf(N, [[{ start: 0, end: 2 }], [{ start: 3, end: 4 }]])
    expect([...tags]).toEqual([1, 2, 0, 3])
    const lattice = new Lattice(2)
    const lossOf = (own: Float32Array, ownMoves: Float32Array) => {
      lattice.run(own, 0, TAGS, N, ownMoves)
      return lattice.loss(tags, own.slice(), 0, TAGS, ownMoves, new Float32Array(TAGS * TAGS))
    }
    const grad = scores()
    const gradMoves = new Float32Array(TAGS * TAGS)
    lattice.run(grad, 0, TAGS, N, moves)
    const loss = lattice.loss(tags, grad, 0, TAGS, moves, gradMoves)
    const paths = all()
    const right = paths.find((path) => path.tags.join() === '1,2,0,3')!
    expect(loss).toBeCloseTo(-Math.log(right.weight / paths.reduce((sum, path) => sum + path.weight, 0)), 5)
    for (const i of [0, 6, 8, 18]) {
      const [up, down] = [0.01, -0.01].map((change) => {
        const own = scores()
        own[i]! += change
        return lossOf(own, moves)
      })
      expect((up! - down!) / 0.02).toBeCloseTo(grad[i]!, 3)
    }
    for (const i of [0, 6, 7, 15]) {
      const [up, down] = [0.01, -0.01].map((change) => {
        const own = moves.slice()
        own[i]! += change
        return lossOf(scores(), own)
      })
      expect((up! - down!) / 0.02).toBeCloseTo(gradMoves[i]!, 3)
    }
  })

  it('keeps the first of spans that overlap', () => {
    expect([...tagsOf(3, [[{ start: 0, end: 2 }], [{ start: 1, end: 3 }]])]).toEqual([1, 2, 0])
  })
})
