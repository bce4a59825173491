import { code, joined, lit, num, numberList, object, printFile, when, type Code } from '../print.ts'
import type { SagaCall, SagaCrash, SagaRun, SagaRuns } from '../recorded.ts'
import { sagaEdges } from './edges.ts'
import type { SagaPlan } from './plan.ts'

/** Happenings of a recorded run that are taken along: enough to see it all happen, few enough to open in an editor. */
const HAPPENINGS_MAX = 4_000

/** When, what, until when, and how: see the replay that is written beside the code. */
export type Happening = readonly [atMs: number, what: string, untilMs: number, how: string]

/** A recorded saga as the replay takes it. */
export interface RecordedSaga {
  happenings: readonly Happening[]
  endMs: number
  outcome: string
  isTimed?: boolean
  draws?: readonly number[]
}

/** A recorded saga in the words of its code. */
export function recordedSaga({ steps }: SagaPlan, { happenings, endMs, outcome, isTimed, draws }: SagaRun): RecordedSaga {
  const nameOf = ({ step, undo }: SagaCall): string => (undo ? steps[step]?.undo : steps[step]?.action) ?? ''
  const written = happenings.map((one): Happening => {
    if (one.what === 'crash') return [one.atMs, one.what, one.backMs ?? -1, howOf(one)]
    return [one.atMs, nameOf(one) + (one.isStatus ? '?' : ''), one.endMs ?? one.atMs, one.answer ?? '']
  })
  return { happenings: written, endMs, outcome: outcome ?? '', isTimed, draws }
}

function howOf({ isIntended }: SagaCrash): string {
  return isIntended ? 'intended' : ''
}

/** What sagas must do, as a module of data: at the edges of their config, and in the recorded run. */
export function sagaTrace(plan: SagaPlan, { runs, leftOut }: SagaRuns): string {
  const taken = within(runs)
  const rest = runs.length - taken.length + leftOut
  return printFile(code`
    import type { RecordedSaga } from './replay-saga.ts';

    /** The edges of the config: refusals, failures, doubts, and crashes at every point. */
    export const edges: readonly RecordedSaga[] = [
      ${within(sagaEdges(plan.settings)).map((run) => code`${sagaLiteral(recordedSaga(plan, run))},`)}
    ];
    ${when(taken.length > 0)}
    ${taken.length > 0 && code`
      /** What the sagas of the simulation did, ${taken.length} of them${rest > 0 ? code`; ${rest} more are left out` : code``}. */
      export const recorded: readonly RecordedSaga[] = [
        ${taken.map((run) => code`${sagaLiteral(recordedSaga(plan, run))},`)}
      ];
    `}
  `)
}

function sagaLiteral({ happenings, endMs, outcome, isTimed = true, draws = [] }: RecordedSaga): Code {
  const lines = happenings.map(([atMs, what, untilMs, how]) => code`[${num(atMs)}, ${lit(what)}, ${num(untilMs)}, ${lit(how)}]`)
  const isShort = lines.length < 2
  return object(
    [
      isShort ? code`happenings: [${joined(lines)}]` : code`
        happenings: [
          ${lines.map((line) => code`${line},`)}
        ]
      `,
      code`endMs: ${num(endMs)}`,
      code`outcome: ${lit(outcome)}`,
      !isTimed && code`isTimed: false`,
      draws.length > 0 && code`draws: ${numberList(draws, '    draws: '.length, 4)}`,
    ],
    0,
  )
}

/** The first of the runs, as far as they come to no more happenings together than are taken along. */
function within(runs: readonly SagaRun[]): readonly SagaRun[] {
  let sum = 0
  const end = runs.findIndex(({ happenings }) => (sum += happenings.length) > HAPPENINGS_MAX)
  return end < 0 ? runs : runs.slice(0, end)
}
