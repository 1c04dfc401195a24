import { ok, type Result } from '../../../core/result.ts'
import type { Tensor } from '../task.ts'
import { sortedBatches } from './batch.ts'
import type { EncoderSizes } from './encoder.ts'
import { Machine } from './machine.ts'
import { trainMembers } from './members.ts'
import { unpackWeights } from './packing.ts'
import { Parameters } from './parameters.ts'
import { piecesOf } from './pieces.ts'
import { relationSizes } from './relation-learning.ts'
import { type Link, RelationModel } from './relation-model.ts'
import { cross, decide, readTogether, type SaidLink } from './relation-reading.ts'
import { alphabetFrom, alphabetTensors, foundation } from './shared-encoder.ts'
import type { Span } from './span-chain.ts'

const MEMBERS = 2
/** A link that one of two readings does not know loses the other's share: what both say needs a lower bar than what a member says alone. */
const LOWERED = 0.85
const ROWS = 32
const CELLS = 1024

/** What the strong tier keeps of a task of linked spans. */
export interface StrongRelations {
  header: { encoder: EncoderSizes; heads: number[]; crossing: boolean; members: number; least: number }
  tensors: Record<string, Tensor>
}

/** Learns to find pairs of spans and the classes of each head from texts and their links (offsets in UTF-16 units). */
export async function learnRelations(
  texts: string[],
  links: Link[][],
  heads: number[],
  options: { seed: number; say(line: string): void },
): Promise<StrongRelations> {
  const base = foundation(texts)
  const crossing =
    links.filter((own) => own.some((link) => own.some((other) => cross(link.a, other.b)))).length > texts.length / 100
  const jobs = Array.from({ length: MEMBERS }, (_, member) => {
    return {
      kind: 'relations' as const,
      texts,
      links,
      heads,
      crossing,
      foundation: base,
      member,
      seed: options.seed + member,
    }
  })
  const members = await trainMembers(jobs, options.say)
  const least = (LOWERED * members.reduce((sum, member) => sum + member.least, 0)) / members.length
  const tensors = Object.assign(alphabetTensors(base.alphabet), ...members.map((member) => member.tensors))
  return { header: { encoder: base.sizes, heads, crossing, members: MEMBERS, least }, tensors }
}

export interface RelationReader {
  /** The links that each text may hold, whatever their confidence, the most confident first. */
  candidates(texts: string[]): SaidLink[][]
  /** Those of a text's candidates that are worth saying, where they agree with each other or `alternatives` are wanted. */
  decide(links: readonly SaidLink[], alternatives: boolean): SaidLink[]
}

/** Fails where the arrays are not those of such a model. */
export function openRelations({ header, tensors }: StrongRelations): Result<RelationReader> {
  const alphabet = alphabetFrom(tensors)
  if (!alphabet.ok) return alphabet
  const models: RelationModel[] = []
  for (let member = 0; member < header.members; member++) {
    const parameters = new Parameters(new Machine(), false, 0)
    const sizes = relationSizes(header.heads, header.crossing, header.encoder)
    models.push(new RelationModel(parameters, alphabet.value, sizes))
    const laid = unpackWeights(parameters, `${member}.`, tensors)
    if (!laid.ok) return laid
  }
  return ok({
    candidates(texts) {
      const pieces = texts.flatMap((text, row) => piecesOf(text).map((piece) => ({ row, ...piece })))
      const encoded = pieces.map(({ row, start, end }) => alphabet.value.encode(texts[row]!, start, end))
      const found: SaidLink[][] = []
      const lengths = encoded.map((piece) => piece.chars.length)
      for (const batch of sortedBatches(lengths, ROWS, CELLS)) {
        readTogether(models, batch, encoded, (i, links) => {
          found[i] = links
        })
      }
      const said: SaidLink[][] = texts.map(() => [])
      for (const [i, { row, start }] of pieces.entries())
        said[row]!.push(...found[i]!.map((link) => moved(link, start)))
      return said.map((links) => links.sort((x, y) => y.confidence - x.confidence))
    },
    decide: (links, alternatives) =>
      alternatives
        ? links.filter(({ confidence }) => confidence >= header.least)
        : decide(links, header.least, header.crossing),
  })
}

function moved(link: SaidLink, by: number): SaidLink {
  const move = (span: Span | null) => span && { start: span.start + by, end: span.end + by }
  return { ...link, a: move(link.a), b: move(link.b) }
}
