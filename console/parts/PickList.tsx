import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface PickListProps {
  name: string
  options: readonly { id: string; name: string }[]
  chosen: readonly string[]
  onChange: (ids: string[]) => void
}

/** More than this many options are searched rather than scrolled. */
const MANY = 8
const SHOWN = 200

export function PickList({ name, options, chosen, onChange }: PickListProps) {
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const wanted = find.trim().toLowerCase()
  const found = options.filter((option) => option.name.toLowerCase().includes(wanted)).slice(0, SHOWN)
  const flip = (id: string) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <div className="pick-list">
      {options.length > MANY && (
        <Input
          size="small"
          value={find}
          placeholder={name}
          aria-label={name}
          onChange={(event) => setFind(event.target.value)}
        />
      )}
      <ul>
        {found.map((option) => (
          <li key={option.id}>
            <Checkbox checked={chosen.includes(option.id)} onChange={() => flip(option.id)}>
              {option.name}
            </Checkbox>
          </li>
        ))}
      </ul>
      {chosen.length > 0 && (
        <Button size="small" type="link" onClick={() => onChange([])}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}
