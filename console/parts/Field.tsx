import type { ReactNode } from 'react'

/** A control under its name, with a word of help below. */
export function Field({ label, help, children }: { label: string; help?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="field">
      <span className="aux">{label}</span>
      {children}
      {help && <span className="aux">{help}</span>}
    </label>
  )
}
