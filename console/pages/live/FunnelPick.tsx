import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFunnels } from '../../api/funnels.ts'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress, useNames } from '../../shell/surroundings.tsx'

const CUSTOM = '{'

/** Which funnel: a ready-made one, one that was saved, or the one that stands in the address. */
export function FunnelPick() {
  const { t } = useTranslation()
  const { said } = useNames()
  const ask = useAsking()
  const address = useAddress()
  const { data } = useFunnels(address)
  const asked = address.funnel ?? ''
  const custom = asked.startsWith(CUSTOM)
  const group = (own: boolean) =>
    (data?.funnels ?? []).filter((one) => one.own === own).map((one) => ({ value: one.id, label: said(one) }))
  const options = [
    ...(custom ? [{ value: CUSTOM, label: t('funnel.custom') }] : []),
    { label: t('funnel.preset'), options: group(false) },
    ...(group(true).length > 0 ? [{ label: t('funnel.own'), options: group(true) }] : []),
  ]
  return (
    <Select
      size="small"
      className="funnel-pick"
      aria-label={t('funnel.pick')}
      value={custom ? CUSTOM : asked || data?.funnels[0]?.id}
      loading={!data}
      popupMatchSelectWidth={false}
      options={options}
      onChange={(value) =>
        ask((search) => ({ ...search, funnel: value === CUSTOM ? search.funnel : value, step: undefined }))
      }
    />
  )
}
