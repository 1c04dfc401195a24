import type { ReactNode } from 'react'

interface CardProps {
  title: ReactNode
  /** What the title needs to be understood: order, unit, what the lines mean. */
  help?: ReactNode
  end?: ReactNode
  children: ReactNode
  className?: string
}

export function Card({ title, help, end, children, className = '' }: CardProps) {
  return (
    <section className={`card ${className}`}>
      <header>
        <h2>{title}</h2>
        {help && <span className="aux">{help}</span>}
        {end && <span className="end dense">{end}</span>}
      </header>
      <div className="body">{children}</div>
    </section>
  )
}
