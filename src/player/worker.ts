import { msToUs, US_PER_SECOND } from '../base/time.ts'
import { requestTypeLooks } from '../model/request-types.ts'
import { findPattern } from '../patterns/index.ts'
import type { Breakpoint } from '../trace/breakpoints.ts'
import { Session } from './session.ts'
import { runTrial } from './trial.ts'
import type { FromWorker, ToWorker } from './types.ts'

/** Events computed before the page is heard again. */
const SLICE_EVENTS = 40_000
/** Fewer while people may want to stop at any moment. */
const PLAY_SLICE_EVENTS = 8_000
/** Between two frames of a sprint: telling must not take the time of computing. */
const SPRINT_FRAME_MS = 80
/** How far "step to the next change" looks once the run has passed its end. */
const STEP_BEYOND_US = 10 * US_PER_SECOND

/** The part of a worker's global scope used here; the pure rooms know no DOM types. */
interface Scope {
  onmessage: ((event: { data: ToWorker }) => void) | null
  postMessage(message: FromWorker, transfer?: ArrayBufferLike[]): void
}

const scope = globalThis as unknown as Scope
let session: Session | undefined
let runId = 0
let ask = 0
let isWorking = false
let wantsFull = true
/** The way there is watched for breakpoints. */
let isPlaying = false
let lastFrameMs = 0
/** The request that is being followed, in whatever run. */
let watched = 0
/** Where to stop, in whatever run. */
let breakpoints: readonly Breakpoint[] = []

scope.onmessage = ({ data }) => {
  try {
    handle(data)
  } catch (error) {
    fail(error)
  }
}

function handle(message: ToWorker): void {
  if (message.type === 'trial') return post({ type: 'trial', runId: message.runId, ask: message.ask, trial: runTrial(message.blueprint, message.node) })
  if (message.type === 'load' || message.runId === runId) ask = message.ask
  if (message.type === 'load') {
    runId = message.runId
    session = new Session(message.blueprint)
    session.watched = watched
    session.setBreakpoints(breakpoints)
    const { nodeIds, edgePaths, requestTypes } = session.compiled
    const typeLooks = requestTypeLooks(message.blueprint.nodes, requestTypes)
    post({ type: 'loaded', runId, nodeIds: [...nodeIds], edgePaths: edgePaths.map((path) => [...path]), requestTypes: [...requestTypes], typeLooks })
    goTo(session, message.toUs, true)
    return
  }
  if (message.type === 'watch') watched = message.request
  if (message.type === 'breakpoints') breakpoints = message.breakpoints
  if (!session || message.runId !== runId) return
  switch (message.type) {
    case 'advance':
      return playTo(session, message.toUs, message.full)
    case 'sprint':
      return playTo(session, message.toUs, true)
    case 'stay':
      return goTo(session, session.kernel.nowUs, true)
    case 'breakpoints':
      session.setBreakpoints(breakpoints)
      return sendFrame(session, true, !isWorking)
    case 'seek':
      return goTo(session, message.toUs, true)
    case 'step-event':
      session.stepEvent()
      return sendFrame(session, true, true)
    case 'step-transition':
      session.stepTransition(isWatched(session), stepLimitUs(session))
      return sendFrame(session, true, true)
    case 'watch':
      session.watched = watched
      return sendFrame(session, true, !isWorking)
    case 'hash':
      return post({ type: 'hash', runId, ask, hash: session.hash() })
  }
}

function goTo(target: Session, toUs: number, full: boolean): void {
  isPlaying = false
  target.aim(toUs)
  wantsFull ||= full
  if (!isWorking) work()
}

function playTo(target: Session, toUs: number, full: boolean): void {
  isPlaying = true
  target.aim(toUs, true)
  wantsFull ||= full
  if (!isWorking) work()
}

/** Computes a slice, reports, and lets the page speak before the next one: a long jump can be followed and changed. */
function work(): void {
  const current = session
  if (!current) return
  const done = isPlaying ? current.play(PLAY_SLICE_EVENTS) : current.advance(SLICE_EVENTS)
  const isDue = !isPlaying || Date.now() - lastFrameMs >= SPRINT_FRAME_MS
  if (done || isDue) sendFrame(current, wantsFull || !done || current.isStopped, done)
  isWorking = !done
  if (done) wantsFull = false
  else setTimeout(resume, 0)
}

function resume(): void {
  try {
    work()
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): void {
  isWorking = false
  session = undefined
  post({ type: 'trouble', runId, message: error instanceof Error ? error.message : String(error) })
}

function stepLimitUs({ blueprint, kernel }: Session): number {
  const leftUs = msToUs(blueprint.durationMs) - kernel.nowUs
  return leftUs > 0 ? leftUs : STEP_BEYOND_US
}

/** Policies' states are what people step through; a service changes between idle and working all the time. */
function isWatched(current: Session): (node: string) => boolean {
  const kinds = new Map(current.blueprint.nodes.map((node) => [node.id, node.kind]))
  return (node) => findPattern(kinds.get(node) ?? '')?.isStepTarget === true
}

function sendFrame(current: Session, full: boolean, done: boolean): void {
  lastFrameMs = Date.now()
  const frame = { ...current.takeFrame(full, done), ask }
  post({ type: 'frame', runId, frame }, [frame.records.buffer])
}

function post(message: FromWorker, transfer: ArrayBufferLike[] = []): void {
  scope.postMessage(message, transfer)
}
