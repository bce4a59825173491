import type { Exporter } from '../exporter.ts'
import { safeFileName } from '../names.ts'
import { wrapWithSignal } from '../policy.ts'
import { TEST_CLOCK_FILE, testClockModule } from '../test-clock.ts'
import { retryTest } from './test-files.ts'
import { writeRetry } from './write.ts'

export const retryExporter: Exporter = {
  kinds: ['retry'],
  write: { 'zero-dep': writeRetry },
  stemOf: ({ label, kind }) => safeFileName(label, kind),
  tests: ({ node, fileStem }) => [
    [TEST_CLOCK_FILE, testClockModule()],
    [`${fileStem}.test.ts`, retryTest(node, fileStem)],
  ],
  policy: { wrap: wrapWithSignal },
}
