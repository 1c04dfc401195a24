import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { validSearch } from '../api/search.ts'
import { useAsking } from '../shell/Go.tsx'
import { useNames } from '../shell/surroundings.tsx'

/** Chooses one category, for pages that are about one at a time; `all` names the choice of none, where that is one. */
export function CategoryPick({ category, all }: { category: string; all?: string }) {
  const { t } = useTranslation()
  const names = useNames()
  const ask = useAsking()
  const known = (names.catalogue?.categories ?? []).map((one) => ({ value: one.id, label: names.category(one.id) }))
  const options = all ? [{ value: '', label: all }, ...known] : known
  if (known.length === 0) return null
  return (
    <Select
      value={category}
      aria-label={t('graph.category')}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(value) =>
        ask((search) => validSearch({ ...search, category: value ? [value] : undefined, focus: undefined }), {
          replace: true,
        })
      }
      options={options}
    />
  )
}
