import type { Blueprint } from '../../../model/blueprint.ts'
import { runBlueprint } from '../../../player/run.ts'
import { RECORD_WORDS, RecordKind } from '../../../sim/record.ts'
import { blueprint, constant, edge, node, steady, type NodeSpec } from '../../../sim/testing/blueprints.ts'
import { recordText } from '../../../trace/text.ts'
import { sagaDefaults, type SagaConfig, type SagaStep } from '../config.ts'

/** Work times as in the article: reserve 400, charge 600, ship 800, complete 300, refund 500, release 400 ms. */
const WORK_MS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  inventory: { reserve_inventory: 400, release_inventory: 400 },
  payment: { charge_customer: 600, refund_customer: 500 },
  shipping: { ship_order: 800 },
  orders: { complete_order: 300 },
}

export interface Given {
  saga?: Partial<SagaConfig>
  faults?: readonly object[]
  more?: Record<string, unknown>
  /** One order a second until then; default one order, at 1 s. */
  untilMs?: number
  everyMs?: number
  /** Without a log node entries are safe at once. */
  log?: Record<string, unknown>
}

/** Orders that come one by one to an OrderSaga and its four participants. */
export function orders({ saga = {}, faults = [], more = {}, untilMs = 1_000, everyMs = 1_000, log }: Given = {}): Blueprint {
  const services = Object.entries(WORK_MS).map(([id, work]): NodeSpec => {
    const perType = Object.entries(work).map(([type, ms]) => ({ type, latency: constant(ms) }))
    return node(id, 'service', { workers: 5_000, queueCapacity: 100_000, latency: constant(5), perType })
  })
  const steps = saga.steps ?? sagaDefaults.steps
  const ways = Object.keys(WORK_MS).map((id) => edge('saga', id, { requestTypes: typesOf(id, steps) }))
  return blueprint(
    [steady(everyMs, untilMs), node('saga', 'saga', saga), ...services, ...(log ? [node('log', 'saga-log', log)] : [])],
    [edge('client', 'saga'), ...ways, ...(log ? [edge('saga', 'log')] : [])],
    { faults, durationMs: 20_000, ...more },
  )
}

/** What of a participant's work a saga asks for, status questions included. */
function typesOf(participant: string, steps: readonly SagaStep[]): string[] {
  const own = Object.keys(WORK_MS[participant]!)
  const asked = steps.flatMap(({ name, compensation, onUnknown }) => [name, ...(compensation ? [compensation.name] : []), ...(onUnknown === 'query' ? [`${name}?`] : [])])
  return asked.filter((type) => own.includes(type.replace('?', '')))
}

/** The default steps with some of their settings changed, by index. */
export function changed(changes: Readonly<Record<number, Partial<SagaStep>>>): SagaStep[] {
  return sagaDefaults.steps.map((step, index) => ({ ...step, ...changes[index] }))
}

const TOLD: readonly number[] = [RecordKind.note, RecordKind.effect, RecordKind.result, RecordKind.late, RecordKind.lost, RecordKind.fault]

/** The run as a person would tell it: notes, effects, losses, faults, crashes, results. */
export function tale(of: Blueprint): string {
  const { trace, names } = runBlueprint(of, { keepTrace: true })
  const orchestrator = names.nodes.indexOf('saga')
  const lines: string[] = []
  for (const words of trace) {
    for (let at = 0; at < words.length; at += RECORD_WORDS) {
      const kind = words[at + 2]! & 0xff
      const isOwnState = kind === RecordKind.transition && words[at + 2]! >>> 8 === orchestrator
      if (TOLD.includes(kind) || isOwnState) lines.push(recordText(words, at, names))
    }
  }
  return `${lines.join('\n')}\n`
}
