import type { Exporter } from '../exporter.ts'
import { fieldPlaces } from '../field-places.ts'
import { safeFileName } from '../names.ts'
import { wrapWithSignal } from '../policy.ts'
import { setting } from '../resilience4j.ts'
import { TEST_CLOCK_FILE, testClockModule } from '../test-clock.ts'
import { timeoutMsOf } from './settings.ts'
import { timeoutTest } from './test-files.ts'
import { writeTimeout } from './write.ts'

export const timeoutExporter: Exporter = {
  kinds: ['timeout'],
  write: {
    'zero-dep': (source) => writeTimeout(source, 'zero-dep'),
    cockatiel: (source) => writeTimeout(source, 'cockatiel'),
  },
  places: fieldPlaces({ TIMEOUT_MS: 'timeoutMs' }),
  stemOf: ({ label, kind }) => safeFileName(label, kind),
  tests: (part) => [
    [TEST_CLOCK_FILE, testClockModule()],
    [`${part.fileStem}.test.ts`, timeoutTest(timeoutMsOf(part), part.fileStem)],
  ],
  papers: {
    remarks: {
      cockatiel:
        'Timeout: `timeout()` throws the same error when time ran out as when the caller gave up, and goes by the timers of ' +
        'the process whatever the clock.',
    },
    resilience4j: (part) => ({
      module: 'timelimiter',
      settings: setting('timeoutDuration', `${Math.max(1, Math.round(timeoutMsOf(part)))}ms`),
      differs: ['limits calls that return a future or a stream only, and cancels that; work under way may go on.'],
    }),
  },
  policy: { wrap: wrapWithSignal },
}
