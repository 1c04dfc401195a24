import { describe, expect, it } from 'vitest'
import { decide, fuse, type SaidLink } from './relation-reading.ts'

const span = (start: number, end: number) => ({ start, end })
const link = (a: SaidLink['a'], b: SaidLink['b'], confidence: number, classes = [0]): SaidLink => {
  return { a, b, classes, confidence }
}

describe('what is said of the likely links', () => {
  it('are those that are sure enough, and of spans that cut across each other the surer', () => {
    const sure = link(null, span(2, 4), 0.8)
    const across = link(null, span(3, 6), 0.6)
    const apart = link(null, span(7, 9), 0.5)
    const doubtful = link(null, span(10, 12), 0.2)
    expect(decide([sure, across, apart, doubtful], 0.4, false)).toEqual([sure, apart])
  })

  it('a span that is linked is not said alone too, and may have a second partner', () => {
    const pair = link(span(0, 2), span(2, 4), 0.8)
    const second = link(span(0, 2), span(5, 7), 0.7)
    const alone = link(null, span(2, 4), 0.6)
    expect(decide([pair, second, alone], 0.4, false)).toEqual([pair, second])
  })

  it('spans of the two sorts lie across each other only where the texts learned from have such', () => {
    const whole = link(span(0, 2), span(2, 6), 0.8)
    const within = link(span(4, 6), span(7, 9), 0.7)
    expect(decide([whole, within], 0.4, false)).toEqual([whole])
    expect(decide([whole, within], 0.4, true)).toEqual([whole, within])
  })
})

it('two readings become one: what both know is likelier than what one knows', () => {
  const one = [link(null, span(0, 2), 0.6), link(null, span(3, 5), 0.8)]
  const other = [link(null, span(0, 2), 0.9), link(null, span(3, 5), 0.7, [1])]
  const fused = fuse(one, other)
  expect(fused.map(({ confidence }) => Number(confidence.toFixed(3)))).toEqual([0.78, 0.42, 0.32])
  expect(fused[0]).toMatchObject({ b: { start: 0, end: 2 } })
  expect(fused[1]).toMatchObject({ classes: [1] })
})
