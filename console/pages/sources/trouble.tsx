import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/client.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { zh } from '../../words/zh.ts'

type Known = keyof typeof zh.bring.problem

interface Said {
  code: string
  message: string
  remedy?: string | undefined
  zh?: { message: string; remedy?: string | undefined } | undefined
}

/** Why a file cannot be used: what to do in the page's words, and below it what the server says of this file. */
export function FileTrouble({ of }: { of: unknown }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const said = of as Said
  const away = of instanceof ApiProblem && of.status === 0
  const isTold = lang === 'zh' && said.zh !== undefined
  const { message, remedy } = isTold ? said.zh! : said
  const known = said.code in zh.bring.problem ? t(`bring.problem.${said.code as Known}`) : undefined
  const title = away ? t('bring.lost') : (known ?? (message || t('state.server')))
  const detail = known ? message : remedy
  return (
    <Alert
      type="error"
      role="alert"
      title={title}
      description={
        detail && (
          <span className="dense" lang={lang === 'zh' && !isTold ? 'en' : undefined}>
            {detail}
          </span>
        )
      }
    />
  )
}
