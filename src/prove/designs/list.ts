import { proveDid } from './did/did.ts'
import { type DidTableSettings, didColumns, type Row, readDidTable } from './did/table.ts'

/** The designs by which an effect can be proved from a table; each is a folder and one line here. */
export const designs = [
  {
    id: 'did',
    zh: '双重差分',
    en: 'Difference in differences',
    columns: Object.keys(didColumns),
    prove(rows: readonly Row[], settings: DidTableSettings) {
      const input = readDidTable(rows, settings)
      return input.ok ? { ok: true as const, value: proveDid(input.value) } : input
    },
  },
] as const
