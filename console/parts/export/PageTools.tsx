import { useSurroundings } from '../../shell/surroundings.tsx'
import { paintOf } from '../chart/theme.ts'
import { useAboutLine } from './about.ts'
import { CopyLink } from './CopyLink.tsx'
import { Export, type ExportProps } from './Export.tsx'
import './export.css'
import type { About } from './table.ts'

/** What every page of numbers offers at the end of its filters: a link to this view, and its numbers and its picture as a file. */
export function PageTools(props: Omit<ExportProps, 'picture'>) {
  const { theme, lang } = useSurroundings()
  const aboutLine = useAboutLine()
  const picture = async (about: About) => {
    const { pagePicture } = await import('./page-picture.ts')
    return pagePicture({ title: props.what, lines: [aboutLine(about)], paint: paintOf(theme), lang })
  }
  return (
    <span className="page-tools">
      <CopyLink />
      <Export {...props} picture={picture} />
    </span>
  )
}
