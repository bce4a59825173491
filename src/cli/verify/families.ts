import { unsupportedFamilies, type Family } from './family.ts'
import { breakerFamilies } from './families/breakers.ts'
import { layoutFamilies } from './families/layouts.ts'
import { queueFamilies } from './families/queues.ts'
import { retryFamilies } from './families/retries.ts'
import { sagaFamilies } from './families/sagas.ts'
import { stalenessFamilies } from './families/staleness.ts'

/** Every family of oracles there is. An id belongs to the one with the longest prefix that it has. */
export const families: readonly Family[] = [
  ...queueFamilies,
  ...breakerFamilies,
  ...retryFamilies,
  ...layoutFamilies,
  ...sagaFamilies,
  ...stalenessFamilies,
  ...unsupportedFamilies('there is no throttle yet', 'sre-throttle-'),
  ...unsupportedFamilies('there is no retry budget yet', 'retry-budget-', 'brooker-adaptive-'),
  ...unsupportedFamilies('another program’s run with a generator and rules of its own', 'aws-blog-', 'brooker-', 'osdi22-', 'hotos21-', 'metastable-'),
  ...unsupportedFamilies('another generator of random numbers', 'ssj-', 'rng-'),
  ...unsupportedFamilies('there is no answer from the first few of several yet', 'hedge-', 'quorum-'),
  ...unsupportedFamilies('there are no replicas yet', 'pbs-'),
  ...unsupportedFamilies('how many servers there are is not among its numbers', 'tail-at-scale'),
  ...unsupportedFamilies('a fact about other programs, nothing that a run tells', 'lib-defaults', 'des-speed-'),
]
