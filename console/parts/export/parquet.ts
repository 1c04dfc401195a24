import { parquetWriteBuffer } from 'hyparquet-writer'
import type { ExportTable } from './table.ts'

/** The table as a Parquet file: numbers are DOUBLE, texts UTF-8; what is missing is null. */
export function parquetOf(table: ExportTable): ArrayBuffer {
  return parquetWriteBuffer({
    columnData: table.columns.map((column, i) => ({
      name: column.id,
      type: column.type === 'number' ? ('DOUBLE' as const) : ('STRING' as const),
      nullable: true,
      data: table.rows.map((row) => row[i] ?? null),
    })),
    createdBy: 'Daystar',
  })
}
