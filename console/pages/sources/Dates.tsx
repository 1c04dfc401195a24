import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../../src/http/shapes.ts'
import type { DateOrder, FileOptions } from '../../api/sources.ts'

const orders = ['dmy', 'mdy', 'ymd'] as const satisfies readonly DateOrder[]

interface Props {
  preview: ImportPreview
  options: FileOptions
  change: (options: FileOptions) => void
}

/** In which order dates such as 3/2/26 are read, what in the file says so, and a choice where it does not. */
export function Dates({ preview, options, change }: Props) {
  const { t } = useTranslation()
  const choose = (dates: DateOrder | undefined) => {
    const { dates: _, ...rest } = options
    change(dates === undefined ? rest : { ...rest, dates })
  }
  return (
    <section className="part">
      <h3>{t('bring.dates.title')}</h3>
      <ul className="dense reasons">
        {preview.dates.map(({ name, seen, order, by }) => (
          <li key={name}>
            <code>{name}</code> <span className="num">{seen}</span>{' '}
            <span className={order === null ? 'bad' : 'soft'}>
              {order === null
                ? t('bring.dates.unknown')
                : `${t(`bring.dates.${order}`)} · ${t(`bring.dates.by.${by!}`)}`}
            </span>
          </li>
        ))}
      </ul>
      <Select
        size="small"
        className="choose-source"
        aria-label={t('bring.dates.title')}
        allowClear
        value={options.dates}
        placeholder={t('bring.dates.seen')}
        options={orders.map((order) => ({ value: order, label: t(`bring.dates.${order}`) }))}
        onChange={choose}
      />
    </section>
  )
}
