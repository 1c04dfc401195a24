import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSurroundings } from '../shell/surroundings.tsx'
import { leave, leftOf } from './writing.ts'

export interface Kept<T> {
  value: T
  set: (next: T) => void
  /** It was saved as this: from here on that is what it began from. */
  settle: (saved: T) => void
  giveUp: () => void
  /** The page was loaded anew, and this is what had been written before. */
  isBack: boolean
}

/**
 * What a person is writing, which outlives a reload of the page: in this tab, for this person and shop, until it is saved or given up. What has
 * been changed by others meanwhile (`initial` is another) begins anew. Not for secrets.
 */
export function useKept<T>(name: string, initial: T): Kept<T> {
  const { session, tenant } = useSurroundings()
  const key = `daystar.writing.${session.user?.id ?? ''}.${tenant.id}.${name}`
  const [{ began, value, isBack }, setState] = useState(() => {
    const left = leftOf(sessionStorage, key, initial)
    return { began: initial, value: left ? left.value : initial, isBack: left !== null }
  })
  const become = (from: T, next: T, back: boolean) => {
    leave(sessionStorage, key, from, next)
    setState({ began: from, value: next, isBack: back })
  }
  return {
    value,
    set: (next) => become(began, next, isBack),
    settle: (saved) => become(saved, saved, false),
    giveUp: () => become(began, began, false),
    isBack,
  }
}

/** Says that something unsaved has come back, and lets it go. */
export function WritingBack<T>({ of }: { of: Kept<T> }) {
  const { t } = useTranslation()
  if (!of.isBack) return null
  return (
    <p className="aux row wrap" role="status">
      {t('state.writingBack')}
      <button type="button" className="bare link-like" onClick={of.giveUp}>
        {t('state.giveUp')}
      </button>
    </p>
  )
}
