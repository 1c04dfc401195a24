import { Checkbox } from 'antd'
import { Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VoiceFacets } from '../../../src/http/shapes.ts'
import { toggled } from '../../api/search.ts'
import { Polarity, type PolarityName, signOf } from '../../parts/Polarity.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { useFilterName } from './names.ts'

const facetKeys = [
  'category',
  'kind',
  'sentiment',
  'intent',
  'urgency',
  'aspect',
  'scene',
  'emotion',
  'merchant',
  'city',
] as const
type FacetKey = (typeof facetKeys)[number]

/** Open from the start; the others open when asked or when something in them is chosen. */
const open: readonly FacetKey[] = ['category', 'kind', 'sentiment', 'aspect']
const SHOWN = 6

function Facet({ of, values }: { of: FacetKey; values: VoiceFacets[FacetKey] }) {
  const { t } = useTranslation()
  const ask = useAsking()
  const chosen = useAddress()[of] ?? []
  const nameOf = useFilterName()
  const [shown, setShown] = useState(open.includes(of) || chosen.length > 0)
  const [all, setAll] = useState(false)
  const title = of === 'category' || of === 'merchant' || of === 'city' ? t(`filter.${of}`) : t(`voices.${of}`)
  const gone = chosen.filter((key) => !values.some((value) => value.key === key)).map((key) => ({ key, n: 0 }))
  const offered = [...values.filter((value) => value.key !== ''), ...gone]
  if (offered.length === 0) return null
  const most = Math.max(1, ...offered.map((value) => value.n))
  const visible = all ? offered : offered.filter((value, i) => i < SHOWN || chosen.includes(value.key))
  return (
    <section>
      <h2>
        <button type="button" className="bare" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {title}
          {shown ? (
            <Minus size={14} strokeWidth={1.75} aria-hidden />
          ) : (
            <Plus size={14} strokeWidth={1.75} aria-hidden />
          )}
        </button>
      </h2>
      {shown && (
        <ul>
          {visible.map(({ key, n }) => (
            <li key={key} className={chosen.includes(key) ? 'chosen' : undefined}>
              <Checkbox checked={chosen.includes(key)} onChange={() => ask((search) => toggled(search, of, key))}>
                {of === 'sentiment' && key in signOf ? <Polarity of={key as PolarityName} /> : nameOf(of, key)}
              </Checkbox>
              {of !== 'sentiment' && (
                <i className="amount" aria-hidden="true">
                  <b style={{ width: `${(n / most) * 100}%` }} />
                </i>
              )}
              <span className="num">{count(n)}</span>
            </li>
          ))}
          {offered.length > SHOWN && (
            <li>
              <button type="button" className="bare aux more" onClick={() => setAll(!all)}>
                {all ? t('voices.lessFacets') : t('voices.moreFacets', { n: offered.length - SHOWN })}
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}

/** How the selection divides. A facet leaves its own filter out, so that its other values stay in reach. */
export function Facets({ of }: { of: VoiceFacets }) {
  return (
    <div className="facet-list">
      {facetKeys.map((key) => (
        <Facet key={key} of={key} values={of[key]} />
      ))}
    </div>
  )
}
