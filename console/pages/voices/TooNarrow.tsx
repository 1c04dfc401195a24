import { useTranslation } from 'react-i18next'
import { useVoiceTotal } from '../../api/queries.ts'
import { type ListKey, narrowing, type SingleKey, voiceFilter, without } from '../../api/search.ts'
import { Message } from '../../parts/states.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { useFilterName } from './names.ts'

function Drop({ of, value }: { of: ListKey | SingleKey; value: string }) {
  const { t } = useTranslation()
  const address = useAddress()
  const ask = useAsking()
  const nameOf = useFilterName()
  const total = useVoiceTotal(voiceFilter(without(address, of, value)))
  return (
    <li>
      <button type="button" className="bare drop" onClick={() => ask((search) => without(search, of, value))}>
        <span>
          {t('voices.drop')} <b>{nameOf(of, value)}</b>
        </span>
        <b className="num">{total.data === undefined ? '…' : t('voices.unit', { n: count(total.data) })}</b>
      </button>
    </li>
  )
}

/** Nothing meets all conditions: which one to drop, and how many would remain. */
export function TooNarrow() {
  const { t } = useTranslation()
  const chosen = narrowing(useAddress()).slice(0, 6)
  if (chosen.length === 0) return <Message picture="lost" title={t('figure.noData')} />
  return (
    <Message picture="lost" title={t('voices.none')} help={t('voices.noneHelp')}>
      <ul className="drops">
        {chosen.map(({ key, value }) => (
          <Drop key={`${key}-${value}`} of={key} value={value} />
        ))}
      </ul>
    </Message>
  )
}
