import { CopyLink } from './CopyLink.tsx'
import { Export, type ExportProps } from './Export.tsx'
import './export.css'

/** What every page of numbers offers at the end of its filters: a link to this view, and its numbers as a file. */
export function PageTools(props: ExportProps) {
  return (
    <span className="page-tools">
      <CopyLink />
      <Export {...props} />
    </span>
  )
}
