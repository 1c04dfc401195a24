import { type JsonObject, numberAt, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'

/** A call as turns, whatever system wrote it down. */
export interface Call {
  conversation?: string | undefined
  /** When it was, or was written down where nothing else is known. */
  at?: unknown
  turns: CallTurn[]
}

interface CallTurn {
  id?: string | undefined
  /** What the system calls who speaks: a role, a name, or the number of a voice or channel. */
  speaker?: string | undefined
  text?: string | undefined
  startSeconds?: number | undefined
}

/** Each knows its own shape; undefined for any other. */
export const vendors: readonly ((object: JsonObject) => Call | undefined)[] = [
  deepgram,
  fireflies,
  contactLens,
  transcribe,
  twilioSentences,
  twilioRecording,
]

/** Each call by itself: Fireflies answers a search with a list, Twilio its list of recordings’ transcriptions. */
export function callsIn(document: JsonObject): JsonObject[] {
  for (const list of ['data.transcripts', 'transcripts', 'transcriptions'])
    if (Array.isArray(valueAt(document, list))) return objectsAt(document, list)
  return [document]
}

const seconds = (value: unknown, per = 1): number | undefined =>
  typeof value === 'number' && value >= 0 ? Math.round((value / per) * 1_000) / 1_000 : undefined

/** Deepgram's `/listen`: utterances where asked for, else the words of each channel, by voice where voices were told apart. Its summary is nobody's words. */
function deepgram(object: JsonObject): Call | undefined {
  const channels = objectsAt(object, 'results.channels')
  if (channels.length === 0) return undefined
  const utterances = objectsAt(object, 'results.utterances')
  const several = channels.length > 1
  const turns =
    utterances.length > 0
      ? utterances.map((one) => ({
          speaker: textAt(one, several ? 'channel' : 'speaker'),
          text: textAt(one, 'transcript'),
          startSeconds: seconds(numberAt(one, 'start')),
        }))
      : channels.flatMap((channel, number) => channelTurns(channel, several ? String(number) : undefined))
  turns.sort((a, b) => (a.startSeconds ?? 0) - (b.startSeconds ?? 0))
  return { conversation: textAt(object, 'metadata.request_id'), at: timeAt(object, 'metadata.created', 'UTC'), turns }
}

function channelTurns(channel: JsonObject, number: string | undefined): CallTurn[] {
  const words = objectsAt(channel, 'alternatives.0.words')
  const told = number === undefined && words.some((word) => valueAt(word, 'speaker') !== undefined)
  if (!told) {
    const startSeconds = seconds(numberAt(words[0], 'start'))
    return [{ speaker: number, text: textAt(channel, 'alternatives.0.transcript'), startSeconds }]
  }
  const turns: CallTurn[] = []
  for (const word of words) {
    const speaker = textAt(word, 'speaker')
    const text = textAt(word, 'punctuated_word') ?? textAt(word, 'word') ?? ''
    const last = turns.at(-1)
    if (last && last.speaker === speaker) last.text = `${last.text} ${text}`
    else turns.push({ speaker, text, startSeconds: seconds(numberAt(word, 'start')) })
  }
  return turns
}

/** Fireflies' transcript with its sentences, as its GraphQL answers. */
function fireflies(object: JsonObject): Call | undefined {
  const transcript = objectAt(object, 'data.transcript') ?? objectAt(object, 'transcript') ?? object
  if (
    !Array.isArray(transcript.sentences) ||
    !objectsAt(transcript, 'sentences').every((one) => 'speaker_name' in one || 'speaker_id' in one)
  )
    return undefined
  return {
    conversation: textAt(transcript, 'id'),
    at: timeAt(transcript, 'date', 'UTC') ?? timeAt(transcript, 'dateString', 'UTC'),
    turns: objectsAt(transcript, 'sentences').map((one) => ({
      speaker: textAt(one, 'speaker_name') ?? textAt(one, 'speaker_id'),
      text: textAt(one, 'text') ?? textAt(one, 'raw_text'),
      startSeconds: seconds(numberAt(one, 'start_time')),
    })),
  }
}

/** AWS Transcribe Call Analytics, and Contact Lens of Amazon Connect, which gives roles beside. */
function contactLens(object: JsonObject): Call | undefined {
  const turns = objectsAt(object, 'Transcript')
  if (turns.length === 0) return undefined
  const roles = new Map(
    objectsAt(object, 'Participants').map((one) => [textAt(one, 'ParticipantId'), textAt(one, 'ParticipantRole')]),
  )
  return {
    conversation:
      textAt(object, 'JobName') ?? textAt(object, 'CustomerMetadata.ContactId') ?? textAt(object, 'ContactId'),
    at: timeAt(object, 'StartTime', 'UTC'),
    turns: turns.map((one) => ({
      id: textAt(one, 'Id'),
      speaker:
        textAt(one, 'ParticipantRole') ?? roles.get(textAt(one, 'ParticipantId')) ?? textAt(one, 'ParticipantId'),
      text: textAt(one, 'Content'),
      startSeconds: seconds(numberAt(one, 'BeginOffsetMillis') ?? numberAt(one, 'BeginOffset'), 1_000),
    })),
  }
}

/** AWS Transcribe's own answer: segments by voice where voices were told apart. */
function transcribe(object: JsonObject): Call | undefined {
  const whole = objectsAt(object, 'results.transcripts')
  if (whole.length === 0) return undefined
  const segments = objectsAt(object, 'results.audio_segments')
  const turns = (segments.length > 0 ? segments : whole).map((one) => ({
    speaker: textAt(one, 'speaker_label') ?? textAt(one, 'channel_label'),
    text: textAt(one, 'transcript'),
    startSeconds: seconds(Number(textAt(one, 'start_time') ?? Number.NaN)),
  }))
  return { conversation: textAt(object, 'jobName'), turns }
}

/** Twilio Voice Intelligence: sentences by channel; roles lie in the transcript where it is beside them. */
function twilioSentences(object: JsonObject): Call | undefined {
  const sentences = objectsAt(object, 'sentences')
  if (sentences.length === 0 || !('media_channel' in sentences[0]!)) return undefined
  const participants = [
    ...objectsAt(object, 'channel.participants'),
    ...objectsAt(object, 'transcript.channel.participants'),
  ]
  const roles = new Map(participants.map((one) => [textAt(one, 'channel_participant'), textAt(one, 'role')]))
  return {
    conversation:
      textAt(object, 'transcript.sid') ??
      textAt(object, 'sid') ??
      /Transcripts\/(\w+)/.exec(textAt(object, 'meta.url') ?? '')?.[1],
    at:
      timeAt(object, 'transcript.media_start_time', 'UTC') ??
      timeAt(object, 'media_start_time', 'UTC') ??
      timeAt(object, 'date_created', 'UTC'),
    turns: sentences.map((one) => ({
      id: textAt(one, 'sid'),
      speaker: roles.get(textAt(one, 'media_channel')) ?? textAt(one, 'media_channel'),
      text: textAt(one, 'transcript'),
      startSeconds: seconds(Number(textAt(one, 'start_time') ?? Number.NaN)),
    })),
  }
}

/** Twilio's transcription of a recording, such as a message left on a voice mail: one text, whose voice is not told. */
function twilioRecording(object: JsonObject): Call | undefined {
  const text = textAt(object, 'transcription_text') ?? textAt(object, 'TranscriptionText')
  const sid = textAt(object, 'recording_sid') ?? textAt(object, 'RecordingSid')
  if (sid === undefined || (text === undefined && !('transcription_text' in object))) return undefined
  return {
    conversation: textAt(object, 'call_sid') ?? sid,
    at: timeAt(object, 'date_created', 'UTC'),
    turns: [{ id: textAt(object, 'sid') ?? textAt(object, 'TranscriptionSid'), text }],
  }
}
