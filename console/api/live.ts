import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** Many small changes make one question: at most one round of asking in this time. */
const THROTTLE_MS = 2_000

/** Which subjects look different when one thing changed. */
const touches: Record<string, readonly string[]> = {
  voices: ['voices', 'overview', 'indicators', 'journey', 'session', 'catalogue', 'graph', 'modules'],
  events: ['journey', 'overview', 'website', 'live', 'funnels', 'modules'],
  orders: ['overview', 'indicators', 'effects', 'journey', 'live', 'funnels', 'modules'],
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
      for (const subject of stale) client.invalidateQueries({ queryKey: [subject] })
      stale.clear()
    }
    const source = new EventSource(`/api/v1/changes?tenant=${encodeURIComponent(tenant)}`)
    source.addEventListener('open', () => {
      setConnected(true)
      // What changed before the line stood, or while it was broken, was told to nobody here: ask for everything once more.
      client.invalidateQueries()
    })
    source.addEventListener('error', () => setConnected(false))
    source.addEventListener('changed', (event) => {
      const changed = read(event.data)
      if (changed?.tenant !== tenant) return
      for (const what of changed.what) for (const subject of touches[what] ?? [what]) stale.add(subject)
      timer ??= setTimeout(flush, THROTTLE_MS)
    })
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [tenant, client])
  return connected
}
