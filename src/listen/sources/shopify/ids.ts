import { type JsonObject, textAt } from '../../decode/fields.ts'

/** The number at the end of `gid://shopify/Order/820982911946154508`, as text; other ids as they are. */
export const bareId = (id: string | undefined): string | undefined =>
  id === undefined ? undefined : (/^gid:\/\/shopify\/\w+\/([^/?]+)/.exec(id)?.[1] ?? id)

/**
 * An object's id. The text of `admin_graphql_api_id` comes first: bodies that passed through JavaScript carry `id` rounded
 * (820982911946154500 for …508).
 */
export const idAt = (object: JsonObject | undefined): string | undefined =>
  bareId(textAt(object, 'admin_graphql_api_id') ?? textAt(object, 'id'))
