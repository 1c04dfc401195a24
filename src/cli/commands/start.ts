import { once } from 'node:events'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { readConfig } from '../../app/config.ts'
import { DONE, defineCommand, FAILED, say } from '../command.ts'
import { serverFile } from '../connect.ts'

export const start = defineCommand({
  name: 'start',
  summary: 'start the engines, the API and the console; fill an empty store with the demo market',
  operands: '',
  options: {
    'no-demo': { type: 'boolean', help: 'leave an empty store empty' },
  },
  notes:
    'Environment: PORT (7070), HOST (127.0.0.1), DAYSTAR_DATA (./data), DATABASE_URL, CLICKHOUSE_URL, DAYSTAR_WEIGHTS (file or "none").',
  async run({ values }) {
    const stop = stopSignal()
    const config = readConfig()
    const note = (line: string) => console.error(`  ${line}`)
    const { openApp } = await import('../../app.ts')
    const { createHttp, listen } = await import('../../http/server.ts')
    const opened = await openApp(config, note)
    if (!opened.ok) {
      say(opened.problem)
      return FAILED
    }
    const app = opened.value
    // Until an owner exists nobody can sign in, so nobody from outside may reach the door.
    const open = !(await app.access.needsOwner())
    const host = open || isLoopbackHost(config.host) ? config.host : '127.0.0.1'
    if (host !== config.host)
      note(`HOST=${config.host} is used once the owner account exists; until then this listens on ${host} only`)
    const listening = await listen(createHttp(app), host, config.port)
    if (!listening.ok) {
      await app.close()
      say(listening.problem)
      return FAILED
    }
    const url = `http://localhost:${config.port}`
    await writeFile(
      serverFile(config),
      JSON.stringify({ url: `http://127.0.0.1:${config.port}`, pid: process.pid, token: app.localToken }),
      { mode: 0o600 },
    )
    await chmod(serverFile(config), 0o600)
    app.announce(url)
    if (!values['no-demo']) await app.fillDemo({ note, stop })
    if (!stop.aborted) console.log(welcome(url, open, !values['no-demo']))
    if (!stop.aborted) await once(stop, 'abort')
    note('stopping …')
    await rm(serverFile(config), { force: true })
    listening.value.close()
    if ('closeAllConnections' in listening.value) listening.value.closeAllConnections()
    await app.close()
    return DONE
  },
})

const isLoopbackHost = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

function welcome(url: string, hasOwner: boolean, withDemo: boolean): string {
  return [
    '',
    `  Daystar 启明星 is ready:  ${url}`,
    '',
    ...(withDemo
      ? [
          '  Look first at   总览 Overview: the finding on top, then the quotes under it',
          '  Then            洞察 Finding → 转为工单 Ticket, and 成效 Effect: did the quieter fan help?',
        ]
      : []),
    hasOwner
      ? ''
      : `  Your own data   create the owner account at ${url}/welcome, then: ./daystar import reviews-csv FILE.csv`,
    '  Stop            Ctrl-C',
    '',
  ].join('\n')
}

/** Aborts at the first signal to stop; a second one ends at once, as a person who presses twice means it. */
function stopSignal(): AbortSignal {
  const control = new AbortController()
  const stop = () => {
    if (control.signal.aborted) process.exit(130)
    control.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  return control.signal
}
