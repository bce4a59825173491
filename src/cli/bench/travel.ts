import { createStream } from '../../base/prng.ts'
import { msToUs } from '../../base/time.ts'
import { Session } from '../../player/session.ts'
import { keyframeBytes } from '../../sim/keyframe.ts'
import { chainBlueprint, ONE_CHAIN } from './blueprints.ts'
import { median } from './measure.ts'

export interface TravelResult {
  wallMs: number
  keyframeBytes: number
  seekMsMedian: number
  seekMsMax: number
}

const SEEKS = 200
const TEN_MINUTES_MS = 600_000

/** Ten simulated minutes of one chain at 2,000 requests a second, then jumps to and fro. */
export function benchTravel(): TravelResult {
  const session = new Session(chainBlueprint(ONE_CHAIN, 5, TEN_MINUTES_MS))
  const endUs = msToUs(TEN_MINUTES_MS)
  const started = performance.now()
  go(session, endUs)
  const wallMs = performance.now() - started
  const stream = createStream(1, 'seeks')
  const seeks = Array.from({ length: SEEKS }, () => {
    const before = performance.now()
    go(session, Math.floor(stream.nextUnit() * endUs))
    return performance.now() - before
  })
  const bytes = session.keyframes().reduce((sum, keyframe) => sum + keyframeBytes(keyframe), 0)
  return { wallMs, keyframeBytes: bytes, seekMsMedian: median(seeks), seekMsMax: Math.max(...seeks) }
}

function go(session: Session, toUs: number): void {
  session.aim(toUs)
  session.advance()
  session.takeFrame(true, true)
}
