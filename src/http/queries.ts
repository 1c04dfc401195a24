import { z } from 'zod'

/** Query parameters that several endpoints share. Repeated parameters arrive as arrays. */
const list = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) =>
    (value === undefined ? [] : Array.isArray(value) ? value : [value]).filter((item) => item !== ''),
  )

const day = z.iso.date().optional()

export const slice = z.object({
  from: day,
  to: day,
  category: list,
  merchant: list,
  product: list,
  city: list,
})

export const voiceFilter = slice.extend({
  kind: list,
  sentiment: list,
  aspect: list,
  scene: list,
  emotion: list,
  speaker: list,
  metric: z.string().max(20).optional(),
  text: z.string().max(200).optional(),
  order: z.string().max(200).optional(),
  rating: z.enum(['low', 'high']).optional(),
  returned: z.enum(['yes']).optional(),
  driver: z.string().max(80).optional(),
})

export const voiceList = voiceFilter.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(30),
})
