import { linesOf } from '../../decode/lines.ts'
import type { DecodedText } from '../../decode/text.ts'

export interface Cue {
  line: number
  startSeconds?: number
  speaker?: string
  text: string
}

const TIMES = /^(?:(\d+):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?\s*-->/
const STAMP = /^\[(?:(\d+):)?(\d{1,2}):(\d{2})(?:\.(\d{1,3}))?\]\s*/

const secondsOf = ([, hours, minutes, seconds, part]: RegExpExecArray): number =>
  Number(hours ?? 0) * 3_600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${part ?? 0}`)

/** Cues of SRT and WebVTT (a voice tag names who speaks), or lines of a plain text, each of them one, with `[mm:ss]` before where it is there. */
export async function* cuesOf(text: DecodedText): AsyncGenerator<Cue> {
  let cue: Cue | undefined
  let timed = false
  for await (const { line, text: raw } of linesOf(text)) {
    const written = raw.replace(/^\ufeff/, '').trim()
    const times = TIMES.exec(written)
    if (times) {
      if (cue && cue.text !== '') yield cue
      cue = { line, startSeconds: secondsOf(times), text: '' }
      timed = true
    } else if (written === '') {
      if (cue && cue.text !== '') yield cue
      cue = undefined
    } else if (cue) add(cue, written)
    // Within cues, what stands before the times is a number, a note or a style.
    else if (!timed && !/^(?:WEBVTT|NOTE|STYLE|\d+$)/.test(written)) yield plainLine(line, written)
  }
  if (cue && cue.text !== '') yield cue
}

function plainLine(line: number, written: string): Cue {
  const stamp = STAMP.exec(written)
  return stamp
    ? { line, startSeconds: secondsOf(stamp), text: written.slice(stamp[0].length) }
    : { line, text: written }
}

function add(cue: Cue, written: string): void {
  const voice = /<v(?:\.[\w.]+)?\s+([^>]+)>/.exec(written)
  if (voice) cue.speaker = voice[1]!.trim()
  const words = written.replace(/<[^>]*>/g, '').trim()
  if (words !== '') cue.text = cue.text === '' ? words : `${cue.text}\n${words}`
}
