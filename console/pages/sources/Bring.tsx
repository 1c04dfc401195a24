import { Alert, Button, Select } from 'antd'
import { FileUp } from 'lucide-react'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../../src/http/shapes.ts'
import {
  type FileOptions,
  type ListedImport,
  previewFile,
  type Source,
  useImports,
  useSources,
} from '../../api/sources.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Later } from '../../parts/states.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { Columns, Constants, FileSettings } from './Columns.tsx'
import { Dates } from './Dates.tsx'
import { LeftOut, Mapping, Names } from './Fields.tsx'
import { ImportRun, Unfinished } from './ImportRun.tsx'
import { startImport, useImporting } from './importing.ts'
import { NotKept, Records } from './Records.tsx'
import { FileTrouble } from './trouble.tsx'

const NO_OPTIONS: FileOptions = { map: {}, set: {}, ignore: [] }

function Drop({ take }: { take: (file: File) => void }) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) take(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileUp size={22} strokeWidth={1.75} aria-hidden />
      <p className="row wrap">
        <span className="soft wide-only">{t('bring.drop')}</span>
        <Button type="primary" onClick={() => input.current?.click()}>
          {t('bring.pick')}
        </Button>
      </p>
      <p className="aux">{t('bring.accepts')}</p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('bring.pick')}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) take(file)
        }}
      />
    </div>
  )
}

/** What a preview says, in a sentence and a line. */
function Summary({ of, source }: { of: ImportPreview; source: Source | undefined }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const kinds = (['voices', 'events', 'orders', 'products'] as const).filter((kind) => of.counts[kind] > 0)
  const what = kinds
    .map((kind) => t(`bring.kinds.${kind}`, { n: count(of.counts[kind]) }))
    .join(lang === 'zh' ? '、' : ', ')
  const name = source?.[lang] ?? of.source
  const form = of.form === 'workbook' || of.form === 'parquet' ? t(`bring.form.${of.form}`) : of.form?.toUpperCase()
  return (
    <div className="summary">
      <h3>{t(of.guessed ? 'bring.itIs' : 'bring.itIsTold', { name })}</h3>
      {!of.problem && (
        <p>
          {what === '' ? t('bring.nothing', { n: count(of.rows) }) : t('bring.becomes', { n: count(of.rows), what })}
          {of.refusedCount > 0 && <span className="bad"> · {t('bring.refused', { n: count(of.refusedCount) })}</span>}
          {of.skippedCount > 0 && <span className="soft"> · {t('bring.skipped', { n: count(of.skippedCount) })}</span>}
        </p>
      )}
      <p className="aux">{[form, t(of.whole ? 'bring.whole' : 'bring.head')].filter(Boolean).join(' · ')}</p>
    </div>
  )
}

function Further({ of }: { of: ImportPreview }) {
  const { t } = useTranslation()
  const { used, unused, left } = of.fields
  return (
    <>
      {!of.columns && used.length > 0 && (
        <details className="part">
          <summary>
            {t('bring.fields')} <span className="aux num">{count(used.length)}</span>
          </summary>
          <Mapping of={used} />
        </details>
      )}
      {!of.columns && unused.length > 0 && (
        <section className="part">
          <h3>{t('bring.unused')}</h3>
          <Names of={unused} />
        </section>
      )}
      {!of.columns && left.length > 0 && (
        <details className="part">
          <summary>
            {t('bring.left')} <span className="aux num">{count(left.length)}</span>
          </summary>
          <LeftOut of={left} />
        </details>
      )}
    </>
  )
}

interface Looked {
  preview?: ImportPreview
  error?: unknown
}

/** The preview of a file, looked at anew whenever what is said of it changes; the older answer stays meanwhile. */
function usePreview(file: File, source: string, options: FileOptions): Looked & { looking: boolean } {
  const { tenant } = useSurroundings()
  const [looked, setLooked] = useState<Looked>({})
  const [looking, setLooking] = useState(true)
  useEffect(() => {
    let stale = false
    setLooking(true)
    previewFile({ tenant: tenant.id }, file, source, options)
      .then(
        (preview) => !stale && setLooked({ preview }),
        (error: unknown) => !stale && setLooked({ error }),
      )
      .finally(() => !stale && setLooking(false))
    return () => {
      stale = true
    }
  }, [tenant.id, file, source, options])
  return { ...looked, looking }
}

function Choose({ value, change }: { value: string; change: (source: string) => void }) {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  const { data } = useSources({ tenant: tenant.id })
  const options = [
    { value: 'auto', label: t('bring.auto') },
    ...(data?.sources ?? []).map((one) => ({ value: one.id, label: one[lang] })),
  ]
  return (
    <Select
      size="small"
      className="choose-source"
      aria-label={t('bring.sourceLabel')}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      options={options}
      onChange={change}
    />
  )
}

function Looking({ file, first, again }: { file: File; first: string; again: () => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const [source, setSource] = useState(first)
  const [options, setOptions] = useState(NO_OPTIONS)
  const { preview, error, looking } = usePreview(file, source, options)
  const { data } = useSources({ tenant: tenant.id })
  const found = data?.sources.find(({ id }) => id === preview?.source)
  const change = (next: string) => {
    setSource(next)
    setOptions(NO_OPTIONS)
  }
  const choosing = preview && { preview, options, change: setOptions }
  const usable = preview && !preview.problem && preview.records.length > 0
  return (
    <div className="looking" aria-busy={looking}>
      <div className="row wrap spread">
        <b className="file-name">{file.name}</b>
        <span className="row wrap">
          <Choose value={source} change={change} />
          <Button size="small" onClick={again}>
            {t('bring.other')}
          </Button>
        </span>
      </div>
      {looking && !preview && (
        <Later>
          <p className="soft" role="status">
            {t('bring.looking')}
          </p>
        </Later>
      )}
      {Boolean(error) && <FileTrouble of={error} />}
      {preview && !error && (
        <div className={looking ? 'seen stale-look' : 'seen'}>
          <Summary of={preview} source={found} />
          {preview.problem && <FileTrouble of={preview.problem} canChoose={preview.columns !== null} />}
          {usable && (
            <div>
              <Button
                type="primary"
                onClick={() => void startImport(tenant.id, { file, source: preview.source, options })}
              >
                {t(preview.refusedCount > 0 ? 'bring.goRest' : 'bring.go')}
              </Button>
            </div>
          )}
          {choosing && preview.dates.length > 0 && <Dates {...choosing} />}
          {choosing && preview.columns && <Columns {...choosing} />}
          {choosing && preview.targets && <Constants {...choosing} />}
          {choosing && found && found.settings.length > 0 && <FileSettings of={found.settings} {...choosing} />}
          <NotKept of={preview} />
          {preview.records.length > 0 && <Records of={preview.records} />}
          <Further of={preview} />
        </div>
      )}
    </div>
  )
}

const WEEK_MS = 7 * 86_400_000

/** What was broken off long ago is nobody's business any more; imports of Daystar's own, such as the demo, are no file. */
const isUnfinished = ({ state, startedAt, size }: ListedImport) =>
  state !== 'ended' && size !== null && startedAt > Date.now() - WEEK_MS

/** A file: chosen, looked at, imported. Without a source it is recognised. */
export function Bring({ source = 'auto' }: { source?: string }) {
  const { t } = useTranslation()
  const refused = useWriteRefusal()
  const [file, setFile] = useState<File>()
  const [times, setTimes] = useState(0)
  const take = (next: File) => {
    setFile(next)
    setTimes((n) => n + 1)
  }
  const { tenant } = useSurroundings()
  const importing = useImporting(tenant.id)
  const { data } = useImports({ tenant: tenant.id })
  const unfinished = (data?.imports ?? []).filter(isUnfinished)
  const isAuto = source === 'auto'
  return (
    <Card
      title={t(isAuto ? 'bring.title' : 'bring.titleOf')}
      help={t(isAuto ? 'bring.help' : 'bring.helpOf')}
      className="bring"
    >
      {refused ? (
        <Alert type="info" title={refused} />
      ) : importing ? (
        <ImportRun of={importing} />
      ) : (
        <>
          {unfinished.length > 0 && <Unfinished of={unfinished} />}
          {!file && <Drop take={take} />}
        </>
      )}
      {!refused && file && (
        <div hidden={importing !== undefined}>
          <Looking key={times} file={file} first={source} again={() => setFile(undefined)} />
        </div>
      )}
    </Card>
  )
}
