import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { designs, proveTable } from '../../prove/prove.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'

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
    margin: { type: 'string', hint: 'X', help: 'effects smaller than this are not worth having' },
  },
  notes: designs.map((design) => `${design.id}: ${design.describe}`).join('\n'),
  async run({ values, operands, json }) {
    const [file] = operands
    if (file === undefined || typeof values.design !== 'string') return usage(prove, 'name a file and --design')
    const content = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((error: Error) => error)
    if (content instanceof Error) {
      say({ code: 'file', message: `cannot read ${file}: ${content.message}` })
      return FAILED
    }
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
    const result = proveTable(rows, {
      design: values.design,
      columns,
      margin: values.margin === undefined ? undefined : Number(values.margin),
    })
    if (!result.ok) {
      say(result.problem)
      return FAILED
    }
    console.log(json ? JSON.stringify(result.value) : result.value.text)
    return DONE
  },
})
