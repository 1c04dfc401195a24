import type { ReactNode } from 'react'
import { Star } from '../shell/Mark.tsx'
import './lead.css'

interface LeadProps {
  /** The page's conclusion in a sentence. */
  children: ReactNode
  help?: ReactNode
  tools?: ReactNode
}

/** What a page says first, with what it rests on, and the choices that it depends on. */
export function Lead({ children, help, tools }: LeadProps) {
  return (
    <header className="lead">
      <div className="said">
        <h2>
          <Star size={18} />
          {children}
        </h2>
        {help && <p className="aux">{help}</p>}
      </div>
      {tools && <div className="row wrap">{tools}</div>}
    </header>
  )
}
