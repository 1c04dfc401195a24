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

/**
 * Why a file cannot be used, and what can be done. What the server tells in both languages is said as it stands; where the page itself offers to
 * choose columns (`canChoose`), the way out is the page's.
 */
export function FileTrouble({ of, canChoose = false }: { of: unknown; canChoose?: boolean }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const said = of as Said
  const away = of instanceof ApiProblem && of.status === 0
  const isTold = said.zh !== undefined
  const { message, remedy } = lang === 'zh' && said.zh ? said.zh : said
  const known = said.code in zh.bring.problem ? t(`bring.problem.${said.code as Known}`) : undefined
  const title = away ? t('bring.lost') : ((isTold ? undefined : known) ?? (message || t('state.server')))
  const way = canChoose && known ? known : remedy
  const detail = known && !isTold ? message : way
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
