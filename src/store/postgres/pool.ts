import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { fail, ok, type Result } from '../../core/result.ts'
import { migrations } from './migrations.ts'
import type { Database } from './tables.ts'

export interface Postgres {
  pg: pg.Pool
  db: Kysely<Database>
}

/** Connects to a PostgreSQL by its URL and asks it something, so that a wrong address is known at once. */
export async function connectPostgres(url: string, log: (line: string) => void): Promise<Result<Postgres>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    connectionTimeoutMillis: 10_000,
    application_name: 'daystar',
    // What is acknowledged is on disk, whatever the server's own setting is.
    onConnect: async (client) => void (await client.query('set synchronous_commit = on')),
  })
  // A connection that breaks while it rests is replaced at its next use; without a listener it would end the process.
  pool.on('error', (error) => {
    if (!pool.ending) log(`PostgreSQL: ${error.message}`)
  })
  // One that breaks while it is in use fails the statement at hand; that it says so a second time must not end the process either.
  pool.on('connect', (client) => void client.on('error', () => {}))
  try {
    await pool.query('select 1')
    return ok({ pg: pool, db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }) })
  } catch (error) {
    await pool.end()
    return fail({
      code: 'postgres-unreachable',
      message: `The PostgreSQL server did not answer: ${(error as Error).message || (error as NodeJS.ErrnoException).code}`,
      remedy: 'Start it, or correct DATABASE_URL; without that variable the embedded PostgreSQL is used.',
    })
  }
}

/** Brings the tables up to this release (or, empty ones, only so far), under a lock that several starting processes share. */
export async function migrate(db: Kysely<Database>, upTo?: string): Promise<Result<void>> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error, results } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo))
  if (!error) return ok(undefined)
  const broken = results?.find((result) => result.status === 'Error')?.migrationName
  return fail({
    code: 'migration-failed',
    message: `The tables could not be brought up to this release${broken ? ` (${broken})` : ''}: ${error instanceof Error ? error.message : String(error)}`,
    remedy:
      'Nothing of the failed step was kept. If an older Daystar is started on data of a newer one, start the newer one.',
  })
}
