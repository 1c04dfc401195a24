import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { noteIn } from '../../src/store/postgres/cluster.ts'
import { readPostmaster } from '../../src/store/postgres/postmaster.ts'

/** A connection of the test's own to the embedded PostgreSQL of a running app: to look at what is really kept. */
export async function openDatabase(dataDir: string): Promise<pg.Client> {
  const { port } = readPostmaster(noteIn(dataDir) ?? path.join(dataDir, 'postgres'))!
  const password = readFileSync(path.join(dataDir, 'postgres.password'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'daystar', password, database: 'postgres' })
  await client.connect()
  return client
}
