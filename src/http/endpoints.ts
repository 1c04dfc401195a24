import type { AnyEndpoint } from './endpoint.ts'
import { actEndpoints } from './endpoints/act.ts'
import { alertEndpoints } from './endpoints/alerts.ts'
import { channelEndpoints } from './endpoints/channels.ts'
import { connectionEndpoints } from './endpoints/connections.ts'
import { correctionEndpoints } from './endpoints/corrections.ts'
import { driverEndpoints } from './endpoints/drivers.ts'
import { funnelEndpoints } from './endpoints/funnels.ts'
import { graphEndpoints } from './endpoints/graph.ts'
import { indicatorEndpoints } from './endpoints/indicators.ts'
import { journeyEndpoints } from './endpoints/journey.ts'
import { keyEndpoints } from './endpoints/keys.ts'
import { listenEndpoints } from './endpoints/listen.ts'
import { llmEndpoints } from './endpoints/llm.ts'
import { measureEndpoints } from './endpoints/measure.ts'
import { moduleEndpoints } from './endpoints/modules.ts'
import { packEndpoints } from './endpoints/packs.ts'
import { privacyEndpoints } from './endpoints/privacy.ts'
import { promotionEndpoints } from './endpoints/promotions.ts'
import { sessionEndpoints } from './endpoints/session.ts'
import { surveyEndpoints } from './endpoints/surveys.ts'
import { websiteEndpoints } from './endpoints/website.ts'

/** Every endpoint of the API. The routes, the OpenAPI document and the tenant-isolation test are made from this list. */
export const endpoints: readonly AnyEndpoint[] = [
  ...sessionEndpoints,
  ...keyEndpoints,
  ...listenEndpoints,
  ...connectionEndpoints,
  ...indicatorEndpoints,
  ...measureEndpoints,
  ...driverEndpoints,
  ...journeyEndpoints,
  ...moduleEndpoints,
  ...funnelEndpoints,
  ...actEndpoints,
  ...alertEndpoints,
  ...channelEndpoints,
  ...correctionEndpoints,
  ...llmEndpoints,
  ...packEndpoints,
  ...graphEndpoints,
  ...privacyEndpoints,
  ...promotionEndpoints,
  ...websiteEndpoints,
  ...surveyEndpoints,
]
