import { useRouter } from '@tanstack/react-router'
import { type Search, validSearch } from '../api/search.ts'
import { useAddress } from './surroundings.tsx'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** This step of the history did nothing but open a sheet. */
    sheet?: boolean
  }
}

/**
 * Which sheet is open stands in the address, so that a reload, Back and a shared link keep it. Closing one takes back the step that
 * opened it: no step is left in the history that changes nothing.
 */
export function useOpened(key: 'records' | 'step' | 'focus' | 'form') {
  const router = useRouter()
  const opened = useAddress()[key]
  const open = (name: string) => change(name)
  const close = () => change(undefined)
  const change = (name: string | undefined) => {
    const { search, state } = router.state.location
    const before = (search as Search)[key]
    if (before === name) return
    if (name === undefined && state.sheet) {
      router.history.back()
      return
    }
    void router.navigate({
      to: '.',
      search: ((now: Search) => validSearch({ ...now, [key]: name })) as never,
      state: { sheet: name !== undefined && (before === undefined || state.sheet === true) },
      replace: before !== undefined,
      resetScroll: false,
    })
  }
  return { opened, open, close }
}
