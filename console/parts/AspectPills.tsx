import { useTranslation } from 'react-i18next'
import { Go } from '../shell/Go.tsx'
import { useNames } from '../shell/surroundings.tsx'
import { count } from '../words/format.ts'

interface AspectPillsProps {
  /** How many mentions each has, and how many of them complain. */
  aspects: readonly { aspect: string; negative: number; total: number }[]
  /** Leads to the complaints alone, not to all that speak of the aspect. */
  complaints?: boolean
  /** The key of what a pill says in full, of `negative` and `total`. */
  title: 'journey.topHelp' | 'modules.aspectCount'
}

/** Aspects with how many of their mentions complain, each leading to the voices. */
export function AspectPills({ aspects, complaints = false, title }: AspectPillsProps) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <p className="row wrap">
      {aspects.map(({ aspect, negative, total }) => (
        <Go
          key={aspect}
          to="/voices"
          ask={{ aspect: [aspect], ...(complaints && { sentiment: ['negative'] }) }}
          className="pill line"
          title={t(title, { negative: count(negative), total: count(total) })}
        >
          {names.aspect(aspect)}{' '}
          <span className="num">
            {count(negative)}/{count(total)}
          </span>
        </Go>
      ))}
    </p>
  )
}
