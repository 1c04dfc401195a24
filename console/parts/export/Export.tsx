import { App, Button, Dropdown } from 'antd'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAbout, useExportWords } from './about.ts'
import { csvOf } from './csv.ts'
import './export.css'
import { save } from './save.ts'
import { type About, type ExportTable, fileName, withAbout } from './table.ts'

export interface ExportProps {
  /** What is exported, in words: it names the file and the button. */
  what: string
  /** Made when a person asks for it; null while there is nothing. */
  table: () => ExportTable | null | Promise<ExportTable | null>
  /** A picture of it, where it is a chart. */
  picture?: (about: About) => Promise<Blob>
  /** The days that it is of, where they are not those of the page's filter; null where the rows say it themselves. */
  period?: { from: string; to: string } | null | undefined
}

type Form = 'csv' | 'png' | 'parquet'

async function contentOf(form: Form, table: ExportTable, about: About, picture: ExportProps['picture']): Promise<Blob> {
  if (form === 'png' && picture) return picture(about)
  if (form === 'csv') return new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' })
  const { parquetOf } = await import('./parquet.ts')
  return new Blob([parquetOf(table)], { type: 'application/vnd.apache.parquet' })
}

/** The numbers of a page or a chart as a file. Every row says its interval, its n, its days and its filter. */
export function Export({ what, table, picture, period }: ExportProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const about = { ...useAbout(), ...(period === null ? { from: null, to: null } : period) }
  const words = useExportWords()
  const give = async (form: Form) => {
    const made = await table()
    if (!made || made.rows.length === 0) return void message.info(t('export.noRows'))
    const name = fileName(what, about, form)
    try {
      save(name, await contentOf(form, withAbout(made, about, words), about, picture))
      void message.success(t('export.saved', { name }))
    } catch {
      void message.error(t('export.failed', { what }))
    }
  }
  const forms: Form[] = picture ? ['csv', 'png', 'parquet'] : ['csv', 'parquet']
  const items = forms.map((form) => ({
    key: form,
    onClick: () => void give(form),
    label: (
      <span className="export-form">
        {t(`export.${form}`)} <span className="aux">{t(`export.${form}Help`)}</span>
      </span>
    ),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button
        size="small"
        className="tool"
        aria-label={t('export.openOf', { what })}
        title={t('export.openOf', { what })}
        icon={<Download size={14} strokeWidth={1.75} aria-hidden />}
      >
        <span className="tool-word">{t('export.open')}</span>
      </Button>
    </Dropdown>
  )
}
