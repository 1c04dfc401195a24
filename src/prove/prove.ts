import { fail, type Result } from '../core/result.ts'
import type { DidTableSettings, Row } from './designs/did/table.ts'
import { designs } from './designs/list.ts'
import type { Proof } from './proof.ts'

/**
 * An effect from a table of text, as CSV gives it, by a named design. Nothing is stored and nothing but the table is read.
 *
 * @example proveTable(rows, 'did', { columns: { unit: 'state', outcome: 'cigsale', time: 'year' }, change: '1989' })
 */
export function proveTable(rows: readonly Row[], design: string, settings: DidTableSettings = {}): Result<Proof> {
  const chosen = designs.find(({ id }) => id === design)
  if (chosen) return chosen.prove(rows, settings)
  const known = designs.map(({ id }) => id).join(', ')
  return fail({
    code: 'no-such-design',
    message: `There is no design "${design}"`,
    remedy: `Known designs: ${known}.`,
    where: 'design',
  })
}
