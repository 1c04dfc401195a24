import { existsSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** DuckDB beside the product's own engine, over the same rows, for the dashboard bench alone. It is installed by `npm ci --prefix bench/duckdb`. */
export interface Duck {
  query(question: string): Promise<Record<string, unknown>[]>
  close(): void
}

/**
 * Opens DuckDB on a file and takes in tables from Parquet files (`TABLE.*.parquet` in the folder, which are then gone); null where it is
 * not installed.
 */
export async function openDuck(file: string, tables: readonly string[], folder: string): Promise<Duck | null> {
  const entry = path.join(import.meta.dirname, 'node_modules/@duckdb/node-api/lib/index.js')
  if (!existsSync(entry)) return null
  const { DuckDBInstance } = await import(entry)
  const instance = await DuckDBInstance.create(file, { threads: String(os.availableParallelism()) })
  const connection = await instance.connect()
  for (const table of tables) {
    await connection.run(`CREATE TABLE ${table} AS SELECT * FROM read_parquet('${folder}/${table}.*.parquet')`)
    for (const each of readdirSync(folder))
      if (each.startsWith(`${table}.`) && each.endsWith('.parquet')) rmSync(path.join(folder, each))
  }
  return {
    query: async (question) => (await connection.runAndReadAll(question)).getRowObjectsJS(),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
