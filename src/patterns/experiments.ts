/** A fault that an experiment plants for the whole run: at the node itself, or at whoever answers its calls of that type. */
export interface PlannedFault {
  at: 'self' | 'callee'
  /** One of the fault types that strike single calls. */
  type: string
  /** The calls it strikes. */
  requestType: string
  /** At most so many of them; missing: all. */
  times?: number
  strength?: number
}

/** What is broken for one cell of the fault matrix; the first fault is the one the cell is about. */
export interface Breakage {
  faults: readonly [PlannedFault, ...PlannedFault[]]
  /** A sentence: what happens to whom. */
  cause: string
}

/** How a piece of work stands. */
export interface Ending {
  word: string
  tone: 'closed' | 'half-open' | 'warn' | 'down'
  /** People must look at it. */
  needsPeople: boolean
  /** Missing while it is under way. */
  endedUs: number | undefined
}

/** How the settings of an ablation's switches are called: `barrier: true`. */
export type SwitchSettings = Readonly<Record<string, string | boolean>>

/** Which switches matter: every schedule of outcomes, once for each combination of the switches. */
export interface Ablation<C = unknown> {
  readonly switches: readonly { key: string; label: string; word: (setting: string | boolean) => string }[]
  readonly combinations: readonly SwitchSettings[]
  /** What may become of a call; without a fault all is well. The fault strikes the first call of a step. */
  readonly outcomes: readonly { id: string; fault?: Pick<PlannedFault, 'type' | 'strength'> }[]
  /** Request types of the steps that outcomes befall; more than {@link stepsMax} are too many to try. */
  readonly steps: (config: C) => readonly string[]
  readonly stepsMax: number
  /** The config with these switches, and with timing under which outcomes do not disturb each other. */
  readonly configure: (config: C, settings: SwitchSettings) => C
  /** A callee's own work, and the time after which every schedule is over, late actions included. */
  readonly workMs: number
  readonly spanMs: (config: C) => number
  /** One sentence: what the figures say. */
  readonly moral: (rows: readonly { settings: SwitchSettings; violating: number }[]) => string
}

/** What the lab (`src/lab`) tries on nodes of a kind that works step by step. */
export interface Experiments<C = unknown> {
  /** Columns of the fault matrix. */
  readonly mishaps: readonly { id: string; label: string; help: string }[]
  /** Rows of the fault matrix, each with a cell per mishap: what to break, or why that makes no sense. */
  readonly matrix: (config: C) => readonly { step: string; cells: readonly (Breakage | string)[] }[]
  /** Time within which a piece of work is over, whatever a cell broke, unless it never will be. */
  readonly spanMs: (config: C) => number
  /** How the work that is followed stands, from the observer's facts; undefined when it was never begun. */
  readonly ending: (facts: unknown) => Ending | undefined
  readonly ablation: Ablation<C>
}
