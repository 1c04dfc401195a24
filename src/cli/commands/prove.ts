import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { designs } from '../../prove/designs/list.ts'
import type { Proof } from '../../prove/proof.ts'
import { proveTable } from '../../prove/prove.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { openInput } from '../input.ts'

export const prove = defineCommand({
  name: 'prove',
  summary: 'an effect from a table, without a server',
  operands: 'FILE --design D',
  options: {
    design: { type: 'string', hint: 'D', help: `the design: ${designs.map((design) => design.id).join(', ')}` },
    columns: {
      type: 'string',
      multiple: true,
      hint: 'ROLE=COLUMN,…',
      help: 'which column plays which role, where the names differ',
    },
    change: { type: 'string', hint: 'TIME', help: 'the first time that counts as after: a number, or a day' },
    margin: { type: 'string', hint: 'X', help: 'effects smaller than this are not worth having (default 0)' },
    better: { type: 'string', hint: 'lower|higher', help: 'which way is better (default lower)' },
  },
  notes: designs
    .map((design) => `${design.id}: ${design.en}. A CSV with the columns ${design.columns.join(', ')}.`)
    .concat(
      'Where n says for how many cases a row stands, outcome is their sum, not a rate; without n, a row is one case.',
    )
    .join('\n'),
  async run({ values, operands, json }) {
    const [file] = operands
    if (file === undefined || typeof values.design !== 'string') return usage(prove, 'name a file and --design')
    const better = values.better ?? 'lower'
    const margin = Number(values.margin ?? 0)
    if (better !== 'lower' && better !== 'higher') return usage(prove, '--better is lower or higher')
    if (!(margin >= 0)) return usage(prove, '--margin is a number, 0 or more')
    const input = await openInput(file)
    if (!input.ok) {
      say(input.problem)
      return FAILED
    }
    const content = await text(input.value.stream)
    const rows = parse(content, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as Record<string, string>[]
    const columns = Object.fromEntries(
      ((values.columns as string[] | undefined) ?? [])
        .flatMap((list) => list.split(','))
        .map((pair) => pair.split('=', 2) as [string, string]),
    )
    const proof = proveTable(rows, values.design, {
      columns,
      change: values.change as string | undefined,
      margin,
      better,
    })
    if (!proof.ok) {
      say(proof.problem)
      return FAILED
    }
    console.log(json ? JSON.stringify(proof.value) : describe(proof.value))
    return DONE
  },
})

function describe({ verdict, sentence, effect, treated, control, checks, method }: Proof): string {
  const figure = (value: number) => Number(value.toPrecision(5))
  return [
    `${verdict}: ${sentence.en}`,
    effect
      ? `effect ${figure(effect.value)} (95% interval ${figure(effect.low)} to ${figure(effect.high)}), p ${effect.p.toPrecision(2)}`
      : '',
    `treated ${treated.products} units, before n ${treated.before.n}, after n ${treated.after.n}; control ${control.products} units, before n ${control.before.n}, after n ${control.after.n}`,
    ...checks.map((check) => `${check.ok === null ? '?' : check.ok ? '✓' : '✗'} ${check.en}`),
    method.en,
  ]
    .filter((line) => line !== '')
    .join('\n')
}
