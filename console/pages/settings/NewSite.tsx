import { Alert, Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/client.ts'
import { useMakeWebsiteKey } from '../../api/website.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'

/** Addresses as people write them; without a scheme they mean https. */
const originsOf = (text: string) =>
  text
    .split(/[\s,，;；]+/)
    .filter(Boolean)
    .map((one) => (one.includes('://') ? one : `https://${one}`))

/** A name and the addresses of a site's pages, which make a write key. */
export function NewSite({ first }: { first: boolean }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const [name, setName] = useState('')
  const [origins, setOrigins] = useState('')
  const [tried, setTried] = useState(false)
  const make = useMakeWebsiteKey({ tenant: tenant.id })
  const noName = name.trim() === ''
  const noOrigins = originsOf(origins).length === 0
  const badOrigins = make.error instanceof ApiProblem && make.error.code === 'origin_invalid'
  const trouble = tried && noOrigins ? 'website.needOrigins' : badOrigins ? 'website.badOrigin' : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (noName || noOrigins) return
    const done = () => {
      setName('')
      setOrigins('')
      setTried(false)
    }
    make.mutate({ name: name.trim(), origins: originsOf(origins) }, { onSuccess: done })
  }
  return (
    <form className="new-site" onSubmit={submit}>
      <div className="field">
        <label htmlFor="site-name">{t('website.name')}</label>
        <Input
          id="site-name"
          value={name}
          maxLength={80}
          placeholder={t('website.namePlaceholder')}
          status={tried && noName ? 'error' : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        {tried && noName && (
          <span className="aux bad" role="alert">
            {t('website.needName')}
          </span>
        )}
      </div>
      <div className="field">
        <label htmlFor="site-origins">{t('website.origins')}</label>
        <Input.TextArea
          id="site-origins"
          value={origins}
          rows={3}
          spellCheck={false}
          placeholder={t('website.originsPlaceholder')}
          status={trouble && 'error'}
          onChange={(event) => setOrigins(event.target.value)}
        />
        <span className={trouble ? 'aux bad' : 'aux'} role={trouble && 'alert'}>
          {t(trouble ?? 'website.originsHelp')}
        </span>
      </div>
      <div>
        <Button type={first ? 'primary' : 'default'} htmlType="submit" loading={make.isPending}>
          {t('website.make')}
        </Button>
      </div>
      {make.error && !badOrigins && <Alert type="error" title={make.error.message || t('state.unreachable')} />}
    </form>
  )
}
