import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** Many small changes make one question: at most one round of asking in this time. */
const THROTTLE_MS = 2_000

/** Which subjects look different when one thing changed. */
const touches: Record<string, readonly string[]> = {
  voices: ['voices', 'overview', 'indicators', 'journey', 'session', 'catalogue', 'graph', 'modules'],
  events: ['session', 'journey', 'overview', 'indicators', 'website', 'live', 'funnels', 'modules'],
  orders: ['session', 'overview', 'indicators', 'effects', 'journey', 'live', 'funnels', 'modules'],
  products: ['catalogue'],
  findings: ['findings', 'overview', 'journey', 'modules'],
  tickets: ['tickets', 'overview', 'findings', 'graph', 'journey', 'modules'],
  effects: ['effects', 'findings'],
  interventions: ['effects', 'findings'],
  settings: ['settings', 'connections'],
  packs: ['packs', 'catalogue'],
  imports: ['settings'],
  alerts: ['alerts'],
  indicators: ['indicators', 'catalogue', 'alerts', 'modules'],
}

interface Changed {
  tenant: string
  what: string[]
}

function read(data: string): Changed | null {
  try {
    const value = JSON.parse(data) as Partial<Changed>
    return typeof value.tenant === 'string' && Array.isArray(value.what) ? (value as Changed) : null
  } catch {
    return null
  }
}

/** A page that nobody sees gives its line up after this long: a browser has only six for all pages of one server. */
const UNSEEN_MS = 30_000

/** Keeps a line to the server while the page is seen; returns what ends it. */
function lineFor(tenant: string, open: () => void, broken: () => void, changed: (event: MessageEvent) => void) {
  let source: EventSource | undefined
  let unseen: ReturnType<typeof setTimeout> | undefined
  const close = () => {
    source?.close()
    source = undefined
  }
  const listen = () => {
    clearTimeout(unseen)
    if (document.hidden) unseen = setTimeout(close, UNSEEN_MS)
    if (document.hidden || source) return
    source = new EventSource(`/api/v1/changes?tenant=${encodeURIComponent(tenant)}`)
    source.addEventListener('open', open)
    source.addEventListener('error', broken)
    source.addEventListener('changed', changed)
  }
  listen()
  document.addEventListener('visibilitychange', listen)
  return () => {
    document.removeEventListener('visibilitychange', listen)
    clearTimeout(unseen)
    close()
  }
}

/** Listens to what changes on the server and asks again for what is on the screen. True while the line stands. */
export function useLive(tenant: string): boolean {
  const client = useQueryClient()
  const [connected, setConnected] = useState(false)
  useEffect(() => {
    if (tenant === '') return
    const stale = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      for (const subject of stale) {
        // A question that is longer than the pause between two changes would be cut off and asked anew for ever: its answer is waited for.
        if (client.isFetching({ queryKey: [subject] }) > 0) continue
        stale.delete(subject)
        client.invalidateQueries({ queryKey: [subject] })
      }
      if (stale.size > 0) timer = setTimeout(flush, THROTTLE_MS)
    }
    const open = () => {
      setConnected(true)
      // What changed before the line stood, or while it was broken, was told to nobody here: ask for everything once more that is not
      // on its way already.
      client.invalidateQueries({}, { cancelRefetch: false })
    }
    const change = (event: MessageEvent) => {
      const changed = read(event.data)
      if (changed?.tenant !== tenant) return
      for (const what of changed.what) for (const subject of touches[what] ?? [what]) stale.add(subject)
      timer ??= setTimeout(flush, THROTTLE_MS)
    }
    const end = lineFor(tenant, open, () => setConnected(false), change)
    return () => {
      clearTimeout(timer)
      end()
    }
  }, [tenant, client])
  return connected
}
