import { definePattern, type OwnRequestType } from '../pattern.ts'
import { sagaAblation } from './ablation.ts'
import { checkSaga, checkSagaGraph } from './check.ts'
import { sagaDefaults, sagaLogDefaults, sagaLogSchema, sagaSchema, type SagaConfig, type SagaLogConfig } from './config.ts'
import { CrashPoint, sagaFaults } from './faults.ts'
import type { LogContext } from './log.ts'
import { sagaMatrix } from './matrix.ts'
import type { OrchestratorContext } from './node-machine.ts'
import { statusTypeOf } from './tasks.ts'

/** Step names first, then compensations, then the log: the calls an orchestrator makes. */
function requestTypesOf({ steps }: SagaConfig): OwnRequestType[] {
  return [
    ...steps.map(({ name, kind }): OwnRequestType => ({ name, look: kind === 'query' ? 'query' : 'request' })),
    ...steps.flatMap(({ compensation }): OwnRequestType[] => (compensation ? [{ name: compensation.name, look: 'compensation' }] : [])),
    ...steps.flatMap(({ name, onUnknown }): OwnRequestType[] => (onUnknown === 'query' ? [{ name: statusTypeOf(name), look: 'query' }] : [])),
    { name: 'log', look: 'log' },
  ]
}

const WHY_DOWN: Readonly<Record<number, string>> = {
  [CrashPoint.plain]: 'It crashed, and forgot all that is not in its log.',
  [CrashPoint.beforeLog]: 'It crashed before it could log what it was about to send.',
  [CrashPoint.afterLog]: 'It crashed with an intent logged and nothing sent.',
  [CrashPoint.afterSend]: 'It crashed with a call under way.',
  [CrashPoint.afterReply]: 'It crashed with an answer in hand that was not logged.',
  [CrashPoint.random]: 'It crashed by chance.',
}

export const saga = definePattern<SagaConfig, OrchestratorContext>({
  kind: 'saga',
  title: 'Saga',
  summary: 'Steps that are undone together',
  role: 'server',
  ports: { in: true, out: 'many' },
  schema: sagaSchema,
  defaults: sagaDefaults,
  check: checkSaga,
  checkGraph: checkSagaGraph,
  requestTypes: requestTypesOf,
  faults: sagaFaults,
  moments: [{ type: 'compensation', label: 'A saga starts to compensate', words: () => 'a saga started to compensate' }],
  states: {
    up: { word: 'Up', tone: 'neutral' },
    down: { word: 'Down', tone: 'down' },
  },
  isStepTarget: true,
  figures: (_stats, context) => [
    { label: 'in flight', value: context.inFlight, unit: '', digits: 0 },
    { label: 'completed', value: context.completed, unit: '', digits: 0 },
  ],
  experiments: { ...sagaMatrix, ablation: sagaAblation },
  explain: ({ to, evidence }) => (to === 'up' ? 'Back. It reads its log and carries on.' : (WHY_DOWN[evidence] ?? 'It crashed.')),
})

export const sagaLog = definePattern<SagaLogConfig, LogContext>({
  kind: 'saga-log',
  folder: 'saga',
  title: 'Saga log',
  summary: 'Append-only, survives crashes',
  role: 'server',
  ports: { in: true, out: 'none' },
  schema: sagaLogSchema,
  defaults: sagaLogDefaults,
  faults: [{ type: 'crash', label: 'Crash', words: () => 'is down' }],
  states: {
    up: { word: 'Up', tone: 'neutral' },
    down: { word: 'Down', tone: 'down' },
  },
  figures: (stats, context) => [
    { label: 'entries', value: context.written, unit: '', digits: 0 },
    { label: 'writes', value: stats.callsPerSecond, unit: '/s', digits: 0 },
  ],
  explain: ({ to }) => (to === 'up' ? 'It takes entries again.' : 'Nothing can be written; sagas wait where they are.'),
})
