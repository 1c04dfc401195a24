import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { readConfig } from '../src/app/config.ts'
import { openApp } from '../src/app.ts'
import { MAIN } from '../src/core/tenant.ts'
import { createHttp, listen } from '../src/http/server.ts'

/** The product with its data in `folder`, at a port of its own, and a key to send records with. */
export async function openServer(folder: string) {
  const opened = await openApp({ ...readConfig({}), dataDir: path.join(folder, 'data') }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  const app = opened.value
  const listening = await listen(createHttp(app), '127.0.0.1', 0)
  if (!listening.ok) throw new Error(listening.problem.message)
  const server = listening.value
  const { port } = server.address() as AddressInfo
  const { secret: token } = await app.access.createKey(MAIN, { name: 'bench', scope: 'ingest' })
  return { app, server, port, token }
}
