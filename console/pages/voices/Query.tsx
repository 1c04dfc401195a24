import { Search as SearchIcon, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { carried, narrowing, validSearch, without } from '../../api/search.ts'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress } from '../../shell/surroundings.tsx'
import { useFilterName } from './names.ts'

/** What is asked, as chips that can be taken away, and a place to go on writing. */
export function Query() {
  const { t } = useTranslation()
  const address = useAddress()
  const ask = useAsking()
  const nameOf = useFilterName()
  const [text, setText] = useState('')
  const chosen = narrowing(address)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    ask((search) => validSearch({ ...search, text: text.trim() }))
    setText('')
  }
  const clear = () =>
    ask((search) =>
      carried({ ...search, category: undefined, merchant: undefined, product: undefined, city: undefined }),
    )
  return (
    <search>
      <form className="query" onSubmit={submit}>
        <SearchIcon size={16} strokeWidth={1.75} aria-hidden />
        {chosen.map(({ key, value }) => {
          const name = nameOf(key, value)
          return (
            <button
              type="button"
              key={`${key}-${value}`}
              className="bare asked"
              aria-label={t('filter.remove', { what: name })}
              onClick={() => ask((search) => without(search, key, value))}
            >
              {name}
              <X size={13} strokeWidth={1.75} aria-hidden />
            </button>
          )
        })}
        <input
          type="search"
          value={text}
          placeholder={t('voices.placeholder')}
          aria-label={t('voices.search')}
          onChange={(event) => setText(event.target.value)}
        />
        {chosen.length > 1 && (
          <button type="button" className="bare clear" onClick={clear}>
            {t('filter.clearAll')}
          </button>
        )}
      </form>
    </search>
  )
}
