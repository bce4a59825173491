import type { Exporter } from '../exporter.ts'
import { fieldPlaces } from '../field-places.ts'
import { safeFileName } from '../names.ts'
import { wrapWithSignal } from '../policy.ts'
import { TEST_CLOCK_FILE, testClockModule } from '../test-clock.ts'
import { retryInstance } from './resilience4j.ts'
import { retrySettings } from './settings.ts'
import { retryTest } from './test-files.ts'
import { writeRetry } from './write.ts'

export const retryExporter: Exporter = {
  kinds: ['retry'],
  write: {
    'zero-dep': (source) => writeRetry(source, 'zero-dep'),
    cockatiel: (source) => writeRetry(source, 'cockatiel'),
  },
  places: fieldPlaces({
    MAXIMUM_ATTEMPTS: 'maximumAttempts',
    WAIT_MS: 'initialIntervalMs',
    BACKOFF: 'backoffCoefficient',
    LONGEST_WAIT_MS: 'maximumIntervalMs',
  }),
  stemOf: ({ label, kind }) => safeFileName(label, kind),
  tests: ({ node, fileStem }) => [
    [TEST_CLOCK_FILE, testClockModule()],
    [`${fileStem}.test.ts`, retryTest(node, fileStem)],
  ],
  papers: {
    remarks: {
      cockatiel:
        'Retry: `retry()` finishes its wait and asks once more after the caller gave up, and waits by the timers of the ' +
        'process whatever the clock, so that no test can hold it to its times.',
    },
    resilience4j: ({ node }) => retryInstance(retrySettings(node)),
  },
  policy: { wrap: wrapWithSignal },
}
