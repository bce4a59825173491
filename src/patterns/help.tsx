import breakerHelp from './circuit-breaker/README.md?raw'
import clientHelp from './client/README.md?raw'
import retryHelp from './retry/README.md?raw'
import sagaHelp from './saga/README.md?raw'
import serviceHelp from './service/README.md?raw'
import timeoutHelp from './timeout/README.md?raw'

/** Every kind's README as text, by kind: loaded with the inspector, not with the page. */
export const patternHelp: Readonly<Record<string, string>> = {
  client: clientHelp,
  service: serviceHelp,
  'circuit-breaker': breakerHelp,
  retry: retryHelp,
  timeout: timeoutHelp,
  saga: sagaHelp,
  'saga-log': sagaHelp,
}
