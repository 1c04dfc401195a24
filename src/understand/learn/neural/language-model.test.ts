import { describe, expect, it } from 'vitest'
import { Alphabet } from './alphabet.ts'
import { shuffledBatches } from './batch.ts'
import { Encoder } from './encoder.ts'
import { LanguageModel } from './language-model.ts'
import { Machine } from './machine.ts'
import { Parameters } from './parameters.ts'

const TEXTS = ['充电很快', '屏幕清晰，声音也大', '客服态度好', '快递慢', 'wifi 不稳定 😀', '']
const SIZES = { char: 12, bigram: 8, state: 16, upper: 8 }

function small(seed: number) {
  const alphabet = Alphabet.of(TEXTS, 1, 1, 100)
  const parameters = new Parameters(new Machine(), true, seed)
  const model = new LanguageModel(parameters, new Encoder(parameters, alphabet, SIZES))
  const texts = TEXTS.map((text) => alphabet.encode(text))
  return { parameters, model, texts }
}

const ROWS = TEXTS.map((_, i) => i)

describe('the language model', () => {
  it('has the gradients that the loss’s differences show, in every array of weights', () => {
    const { parameters, model, texts } = small(3)
    model.run(ROWS, texts, true)
    for (const p of parameters.all) {
      const { machine } = parameters
      const gradient = Float32Array.from(machine.floats(p.grad, p.size))
      const strongest = gradient.reduce((best, g, i) => (Math.abs(g) > Math.abs(gradient[best]!) ? i : best), 0)
      if (gradient[strongest] === 0) continue
      const loss = (change: number) => {
        const weights = machine.floats(p.at, p.size)
        const before = weights[strongest]!
        weights[strongest] = before + change
        const { nats } = model.run(ROWS, texts, false)
        machine.floats(p.at, p.size)[strongest] = before
        return nats
      }
      const difference = (loss(0.01) - loss(-0.01)) / 0.02
      expect(Math.abs(difference - gradient[strongest]!), p.name).toBeLessThan(0.02 * Math.abs(difference) + 0.005)
    }
  })

  it('learns to tell its texts, to the same bytes for the same seed', () => {
    const train = () => {
      const { parameters, model, texts } = small(5)
      const first = model.run(ROWS, texts, false)
      for (let epoch = 0; epoch < 60; epoch++) {
        for (const rows of shuffledBatches(
          texts.map((t) => t.chars.length),
          4,
          100,
          epoch,
        )) {
          parameters.step(0.01, model.run(rows, texts, true).told)
        }
      }
      const last = model.run(ROWS, texts, false)
      const weights = parameters.all.map((p) => Buffer.from(parameters.values(p).slice().buffer).toString('base64'))
      return { first, last, weights: weights.join() }
    }
    const one = train()
    expect(one.last.nats).toBeLessThan(one.first.nats / 4)
    expect(train().weights).toBe(one.weights)
  })
})
