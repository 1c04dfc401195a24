import { fail, ok, type Result } from '../../core/result.ts'
import { type Json, parseJson } from './json.ts'

/** The body of a delivery as a value: JSON, or the fields of a form as an object of texts. Problem: `payload_invalid`. */
export async function payloadOf(body: Uint8Array, contentType: string | undefined): Promise<Result<Json>> {
  if (/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(contentType ?? ''))
    return formOf(body, contentType!)
  try {
    return ok(parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body)))
  } catch (error) {
    return invalid(`The body is not JSON: ${(error as Error).message}.`)
  }
}

async function formOf(body: Uint8Array, contentType: string): Promise<Result<Json>> {
  try {
    const form = await new Response(body as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': contentType },
    }).formData()
    return ok(Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')))
  } catch {
    return invalid('The body is not the form that its content type says.')
  }
}

const invalid = (message: string) =>
  fail({ code: 'payload_invalid', message, remedy: 'Send the body exactly as the system makes it.' })
