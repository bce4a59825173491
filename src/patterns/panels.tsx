import breakerHelp from './circuit-breaker/README.md?raw'
import { breakerByHand } from './circuit-breaker/by-hand.ts'
import { BreakerWhy } from './circuit-breaker/why.tsx'
import clientHelp from './client/README.md?raw'
import { clientByHand } from './client/by-hand.ts'
import cqrsHelp from './cqrs/README.md?raw'
import { EventLogPanel } from './cqrs/log-panel.tsx'
import { DivergencePanel } from './cqrs/panel.tsx'
import { projectorByHand } from './cqrs/projector/by-hand.ts'
import retryHelp from './retry/README.md?raw'
import sagaHelp from './saga/README.md?raw'
import { sagaByHand } from './saga/by-hand.ts'
import { SagaPanel } from './saga/panel.tsx'
import { StepsField } from './saga/steps-field.tsx'
import serviceHelp from './service/README.md?raw'
import timeoutHelp from './timeout/README.md?raw'
import type { PatternPanels } from './view.tsx'

/** What the inspector shows of kinds; one entry for every kind of `index.ts`, a test holds the two together. Loaded with the inspector. */
export const patternPanels: Readonly<Record<string, PatternPanels>> = {
  client: { byHand: clientByHand, help: clientHelp },
  service: { help: serviceHelp },
  'circuit-breaker': { Why: BreakerWhy, byHand: breakerByHand, help: breakerHelp },
  retry: { help: retryHelp },
  timeout: { help: timeoutHelp },
  saga: { Panel: SagaPanel, OwnField: StepsField, byHand: sagaByHand, help: sagaHelp },
  'saga-log': { help: sagaHelp },
  'command-handler': { help: cqrsHelp },
  'event-log': { Panel: EventLogPanel, help: cqrsHelp },
  publisher: { help: cqrsHelp },
  projector: { Panel: DivergencePanel, byHand: projectorByHand, help: cqrsHelp },
  'read-model': { Panel: DivergencePanel, help: cqrsHelp },
  'query-handler': { Panel: DivergencePanel, help: cqrsHelp },
}
