import type { Exporter } from '../exporter.ts'
import { safeFileName } from '../names.ts'
import { wrapWithSignal } from '../policy.ts'
import { TEST_CLOCK_FILE, testClockModule } from '../test-clock.ts'
import { timeoutMsOf } from './settings.ts'
import { timeoutTest } from './test-files.ts'
import { writeTimeout } from './write.ts'

export const timeoutExporter: Exporter = {
  kinds: ['timeout'],
  write: { 'zero-dep': writeTimeout },
  stemOf: ({ label, kind }) => safeFileName(label, kind),
  tests: (part) => [
    [TEST_CLOCK_FILE, testClockModule()],
    [`${part.fileStem}.test.ts`, timeoutTest(timeoutMsOf(part), part.fileStem)],
  ],
  policy: { wrap: wrapWithSignal },
}
