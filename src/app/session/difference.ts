import type { Blueprint } from '../../model/blueprint.ts'
import { collectClientTypes } from '../../model/request-types.ts'
import { typesThrough } from '../../model/routes.ts'
import type { PlayerState } from '../../player/types.ts'
import { compareRuns, type Stretch } from '../../trace/compare.ts'
import type { Compared } from './shell.ts'

/** When something was broken: from the first disturbance to the end of the last, in microseconds. Undefined when nothing was. */
export function outage({ faults, interventions }: Pick<Blueprint, 'faults' | 'interventions'>): { fromUs: number; toUs: number } | undefined {
  const spans = [
    ...faults.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? Infinity })),
    ...interventions.flatMap((entry) => (entry.what === 'fault' ? [{ fromMs: entry.atMs, toMs: entry.atMs + entry.forMs }] : [])),
  ]
  if (spans.length === 0) return undefined
  return {
    fromUs: Math.min(...spans.map((span) => span.fromMs)) * 1_000,
    toUs: Math.max(...spans.map((span) => span.toMs)) * 1_000,
  }
}

/** The run against its ghost in one sentence; undefined until the run has come far enough to say anything. */
export function differenceOf({ ghost, series, run, headUs }: PlayerState, compared: Compared | undefined): string | undefined {
  if (!ghost || !series || !run || !compared) return undefined
  const knownUs = Math.min(headUs, ghost.series.buckets * ghost.series.bucketUs)
  const touched = typesThrough(run.blueprint, compared.node)
  return compareRuns({
    before: ghost.series,
    after: series,
    requestTypes: run.requestTypes,
    stretches: stretchesOf(outage(run.blueprint), knownUs),
    change: compared.change,
    bystanders: collectClientTypes(run.blueprint.nodes).filter((type) => !touched.includes(type)),
  })
}

/** Where a difference may show: in what was broken, then in what came after it, as far as both runs are known. */
function stretchesOf(broken: ReturnType<typeof outage>, knownUs: number): Stretch[] {
  const stretches = broken
    ? [
        { fromUs: broken.fromUs, toUs: Math.min(broken.toUs, knownUs), words: 'during the outage' },
        { fromUs: broken.toUs, toUs: knownUs, words: 'after the outage' },
      ]
    : [{ fromUs: 0, toUs: knownUs, words: 'so far' }]
  return stretches.filter(({ fromUs, toUs }) => toUs > fromUs)
}
