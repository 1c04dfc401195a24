import { eventInput, productInput } from '../../core/event.ts'
import { orderInput } from '../../core/order.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { voiceInput } from '../../core/voice.ts'
import { columnName } from '../decode/table.ts'
import { columnsIn, fileProblem } from '../reasons/files.ts'
import type { Source, SourceOptions } from './source.ts'

const fields = {
  voice: voiceInput.shape,
  event: eventInput.shape,
  order: orderInput.shape,
  product: productInput.shape,
}

/** Whether what a person says by `--set` is heard by anyone: a setting of the source, or a field of a record. */
export function knownSet({ set }: SourceOptions, settings: Source['settings'] = []): Result<void> {
  for (const field of Object.keys(set)) {
    if (settings.some(({ id }) => id === field)) continue
    const [, kind = 'voice', name = field] = /^(voice|event|order|product)\.(\w+)$/.exec(field) ?? []
    const shape = fields[kind as keyof typeof fields]
    if (Object.hasOwn(shape, name)) continue
    const own = settings.map(({ id }) => id)
    const about = { field, kind, fields: Object.keys(shape).join(', ') }
    return fail(
      own.length === 0
        ? fileProblem('set_unknown', about, 'set')
        : fileProblem('set_unknown_here', { ...about, settings: own.join(', ') }, 'set'),
    )
  }
  return ok(undefined)
}

/** Whether every `--map` names a column that is there and a name that the source looks for. */
export function knownMap(
  { map }: SourceOptions,
  looked: ReadonlySet<string>,
  columns: ReadonlySet<string>,
): Result<void> {
  for (const [field, column] of Object.entries(map)) {
    if (!columns.has(columnName(column)))
      return fail(fileProblem('column_missing', { column, columns: columnsIn([...columns]) }, 'map'))
    if (!looked.has(columnName(field)))
      return fail(fileProblem('map_unknown', { field, names: columnsIn([...looked]) }, 'map'))
  }
  return ok(undefined)
}
