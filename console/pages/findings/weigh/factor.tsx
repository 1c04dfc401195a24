import { useTranslation } from 'react-i18next'
import type { LedgerRow, WeighedFactor } from '../../../../src/http/shapes.ts'
import type { Search } from '../../../api/search.ts'
import { factorName } from '../../../parts/factor.ts'
import { Go } from '../../../shell/Go.tsx'
import { useNames } from '../../../shell/surroundings.tsx'

type Factor = Pick<WeighedFactor, 'id' | 'category' | 'factor' | 'aspect' | 'scene' | 'value' | 'without' | 'page'>

/** 类目 · 场景 · 方面, as findings are called; an aspect whose scene stands in a row of its own is the rest of it. */
export function useFactorName(): (of: Factor | LedgerRow) => string {
  const { t } = useTranslation()
  const names = useNames()
  return (of) => {
    const what = factorName(of, names, t)
    const scene = of.scene ? names.scene(of.scene) : of.without.length > 0 ? t('drivers.elsewhere') : ''
    return [of.category && names.category(of.category), scene, what].filter(Boolean).join(' · ')
  }
}

/** Leads to the finding where there is one, else to the voices that say it. */
export function FactorLink({ of }: { of: Factor | LedgerRow }) {
  const nameOf = useFactorName()
  const { t } = useTranslation()
  const text = <span className="name">{nameOf(of)}</span>
  if (of.page)
    return (
      <Go to={`/findings/${encodeURIComponent(of.id)}`} className="plain">
        {text}
      </Go>
    )
  if (of.factor !== 'aspect' || of.value) return text
  const ask: Search = {
    aspect: [of.aspect],
    sentiment: ['negative'],
    ...(of.category ? { category: [of.category] } : {}),
    ...(of.scene ? { scene: [of.scene] } : {}),
  }
  return (
    <Go to="/voices" ask={ask} className="plain" title={t('drivers.seeVoices')}>
      {text}
    </Go>
  )
}
