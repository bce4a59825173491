import type { Blueprint } from '../model/blueprint.ts'
import type { ObservedChart, RequestTypeLook, Trial, Violation } from '../patterns/pattern.ts'
import type { Breakpoint, Stop } from '../trace/breakpoints.ts'
import type { NodeFrame, Series, Transition } from '../trace/facts.ts'

/** Trace records around the playhead, as words (layout: `sim/record.ts`), oldest first. */
export interface RecordWindow {
  words: Int32Array
  count: number
}

/** What stays the same during one run. */
export interface RunFacts {
  /** Grows with every load; tells runs apart. */
  runId: number
  blueprint: Blueprint
  /** Node ids by the index that records use. */
  nodeIds: readonly string[]
  /** Drawn edge ids by the index that records use: the path a call takes, in order. */
  edgePaths: readonly (readonly string[])[]
  requestTypes: readonly string[]
  /** How calls of each type are drawn, by the same index. */
  typeLooks: readonly RequestTypeLook[]
}

/** A former run kept for comparison: drawn as a ghost behind the present one. */
export interface Ghost {
  label: string
  series: Series
}

/** A run was stopped, and why the change of state came that did it; '' for other moments. */
export interface RunStop extends Stop {
  why: string
}

/** Everything views may show of a run. Replaced as a whole at most some 15 times a second; parts that did not change keep their identity. */
export interface PlayerState {
  status: 'loading' | 'playing' | 'paused' | 'ended' | 'stopped-by-error'
  run: RunFacts | undefined
  /** Simulated time shown, in microseconds; for a value that moves every frame use {@link Player.playheadUs}. */
  playheadUs: number
  /** Furthest time computed so far. */
  headUs: number
  /** Where the run ends: where the drawing says, or later once it was watched for longer. */
  endUs: number
  speed: number
  nodes: readonly NodeFrame[]
  /** All changes of state up to headUs, in order. */
  transitions: readonly Transition[]
  series: Series | undefined
  /** Charts that kinds keep themselves, such as a projection's lag. */
  charts: readonly ObservedChart[]
  /** Broken invariants up to headUs, in order. */
  violations: readonly Violation[]
  /** Number of the request that is being followed; 0: none. */
  watched: number
  /** Where the run is to stop while it plays. */
  breakpoints: readonly Breakpoint[]
  /** What stopped it where it stands; empty when nothing did. */
  stops: readonly RunStop[]
  /** All that stopped this run so far, in order of time. */
  pastStops: readonly RunStop[]
  /** Set while it goes to its end at full speed: how many events are computed a second, on average. */
  sprint: { eventsPerSecond: number } | undefined
  ghost: Ghost | undefined
  /** Set when the worker failed or the blueprint cannot run; a sentence for people. */
  trouble: string | undefined
}

/** A run of which nothing has been computed yet. */
export const NOTHING_HAPPENED = { headUs: 0, transitions: [], series: undefined, charts: [], violations: [] } as const satisfies Partial<PlayerState>

/** A run that no breakpoint has stopped and that is not on its way to the end. */
export const NOT_STOPPED = { stops: [], pastStops: [], sprint: undefined } as const satisfies Partial<PlayerState>

/** A page on which nothing runs yet. */
export const NOTHING_YET: PlayerState = {
  ...NOTHING_HAPPENED,
  ...NOT_STOPPED,
  status: 'loading',
  run: undefined,
  playheadUs: 0,
  endUs: 0,
  speed: 1,
  nodes: [],
  watched: 0,
  breakpoints: [],
  ghost: undefined,
  trouble: undefined,
}

/**
 * Plays a run on the page's side. Moves only the playhead and records interventions; the blueprint is the editor's.
 * Everything it shows is a function of blueprint, seed, interventions and playhead.
 */
export interface Player {
  getState(): PlayerState
  /** Called after each new state (some 15 times a second while playing). Returns the way to stop. */
  subscribe(listener: () => void): () => void
  /** Called within an animation frame, on each while playing and after every other move. For canvases and moving text. */
  onFrame(listener: (playheadUs: number) => void): () => void
  /** Simulated time of this very frame. */
  playheadUs(): number
  /** Records of the last {@link RECORD_WINDOW_US} before the playhead. */
  records(): RecordWindow

  /** Runs `blueprint` from the start, or to the present playhead (same seed: an edit shows its effect in place). */
  load(blueprint: Blueprint, options: { keepPlayhead: boolean; ghost?: Ghost }): void
  play(): void
  pause(): void
  seek(timeUs: number): void
  /** Simulated seconds per second, 0.1 to 20. */
  setSpeed(speed: number): void
  /** Handles exactly one more event, then pauses. */
  stepEvent(): void
  /** Runs to the next change of state that is shown on the canvas, then pauses. */
  stepTransition(): void
  restart(): void
  /** Goes on to the end at full speed; stops at breakpoints, and where it got to when it is paused or sent elsewhere. */
  sprint(): void
  /** Replaces where the run is to stop. Kept from run to run; those that mean nothing in a run are passed over. */
  setBreakpoints(breakpoints: readonly Breakpoint[]): void
  /** Follows one request, as clients number them, or none (0): its node facts are told, everything else may fade. */
  watch(request: number): void
  /** Resolves when nothing is being computed: for tests and screenshots. */
  whenIdle(): Promise<void>
  /** Trace hash of the run up to the playhead. */
  hash(): Promise<string>
  dispose(): void
}

/** How much of the past {@link Player.records} keeps: enough for the slowest particle. */
export const RECORD_WINDOW_US = 2_000_000

/** How long a particle's flight is drawn, in simulated time: at speed 1 it takes 450 ms whatever the network took. */
export const FLIGHT_US = 450_000

/** Page to worker. `ask` numbers what the page asked, so that it can tell when the last thing it asked is done. */
export type ToWorker = { runId: number; ask: number } & (
  | { type: 'load'; blueprint: Blueprint; toUs: number }
  | { type: 'advance'; toUs: number; full: boolean }
  | { type: 'seek'; toUs: number }
  | { type: 'sprint'; toUs: number }
  | { type: 'stay' }
  | { type: 'breakpoints'; breakpoints: readonly Breakpoint[] }
  | { type: 'step-event' }
  | { type: 'step-transition' }
  | { type: 'watch'; request: number }
  | { type: 'hash' }
  /** A whole run of another blueprint, beside the one that is played; see {@link Trial}. */
  | { type: 'trial'; blueprint: Blueprint; node: string }
)

/** Worker to page. */
export type FromWorker =
  | { type: 'loaded'; runId: number; nodeIds: string[]; edgePaths: string[][]; requestTypes: string[]; typeLooks: RequestTypeLook[] }
  | { type: 'frame'; runId: number; frame: WorkerFrame }
  | { type: 'hash'; runId: number; ask: number; hash: string }
  | { type: 'trial'; runId: number; ask: number; trial: Trial }
  | { type: 'trouble'; runId: number; message: string }

/** One answer of the worker: where the run is now and what is new. */
export interface WorkerFrame {
  nowUs: number
  headUs: number
  /** The last thing the page had asked when this was sent. */
  ask: number
  /** Events handled since the run began. */
  events: number
  /** What stopped it on its way: then it is done, wherever it was sent. */
  stops: RunStop[]
  /** False while a long seek is still under way. */
  done: boolean
  /** Missing in the light frames between full ones. */
  nodes: NodeFrame[] | undefined
  records: Int32Array
  /** True when `records` replace the window (after a seek), false when they continue it. */
  fresh: boolean
  /** New changes of state since the last frame. */
  transitions: Transition[]
  /** The series, the observers' charts and violations when they changed. */
  series: Series | undefined
  charts: ObservedChart[] | undefined
  violations: Violation[] | undefined
}
