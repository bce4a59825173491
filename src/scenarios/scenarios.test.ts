import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { usToMs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { parseBlueprint } from '../model/parse.ts'
import { withSetting } from '../model/settings.ts'
import { findPattern } from '../patterns/index.ts'
import { runBlueprint, type RunResult } from '../player/run.ts'
import { Outcome } from '../sim/record.ts'
import { expectGolden } from '../sim/testing/golden.ts'
import { findScenario, scenarios } from './index.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const opening = scenarios[0]!.blueprint
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1)

const run = (of: Blueprint): RunResult => runBlueprint(of, { keepTrace: false })

/** When a node came into a state, ms, in order. */
function entered({ transitions }: RunResult, node: string, state: string): number[] {
  return transitions.filter((change) => change.node === node && change.to === state).map(({ atUs }) => usToMs(atUs))
}

test('every file is a scenario, found by its name; the opening one comes first', () => {
  const files = readdirSync(here).filter((file) => file.endsWith('.json')).map((file) => file.replace('.json', ''))
  expect(scenarios.map(({ id }) => id).toSorted()).toEqual(files.toSorted())
  expect(scenarios[0]!.id).toBe('breaker-saves-the-day')
  for (const scenario of scenarios) expect(findScenario(scenario.id)).toBe(scenario)
  expect(findScenario('toString')).toBeUndefined()
})

describe.each(scenarios)('$id', ({ blueprint, title, summary }) => {
  const result = run(blueprint)
  const { lesson } = blueprint

  test('opens without a warning and says what it is about', () => {
    expect(parseBlueprint(blueprint).problems).toEqual([])
    expect([title, summary, lesson!.title].every((text) => text.length > 5)).toBe(true)
    expect(lesson!.beats.length).toBeGreaterThan(2)
  })

  test('every beat happens, in order, at most 14 words each', () => {
    let lastMs = -1
    for (const { when, text } of lesson!.beats) {
      const atMs = 'atMs' in when ? when.atMs : entered(result, when.node, when.state)[when.nth - 1]
      expect(atMs, text).toBeGreaterThanOrEqual(lastMs)
      expect(atMs, text).toBeLessThan(blueprint.durationMs)
      expect(text.split(/\s+/).length, text).toBeLessThanOrEqual(14)
      lastMs = atMs!
    }
  })

  test('what it names exists: states, settings and what can be tried', () => {
    const kindOf = (id: string) => findPattern(blueprint.nodes.find((node) => node.id === id)?.kind ?? '')
    for (const { when } of lesson!.beats) if ('node' in when) expect(Object.keys(kindOf(when.node)!.states)).toContain(when.state)
    for (const given of lesson!.tries) {
      expect(kindOf(given.node), given.label).toBeDefined()
      if (given.action === 'bypass') expect(kindOf(given.node)!.role, given.label).toBe('policy')
      if (given.action !== 'set') continue
      const nodes = blueprint.nodes.map((node) => (node.id === given.node ? { ...node, config: { ...node.config, [given.field]: withSetting(node.config[given.field], given.path, given.value) } } : node))
      expect(parseBlueprint({ ...blueprint, nodes }).blueprint, given.label).toBeDefined()
    }
  })

  test('no request is lost from the counts', () => {
    const { offered, ok, failed, rejected, fallback, timedOut, inFlight } = result.requests
    expect(ok + failed + rejected + fallback + timedOut + inFlight).toBe(offered)
    // A saga takes seconds, and is looked at one by one.
    expect(offered).toBeGreaterThan(blueprint.nodes.some(({ kind }) => kind === 'saga') ? 15 : 100)
  })
})

test('one slow dependency: opens soon after the hang, fails its first probes, and closes soon after the recovery, for most seeds', () => {
  const runs = SEEDS.map((seed) => run({ ...opening, seed }))
  const within = (ms: number | undefined, from: number, to: number): boolean => ms !== undefined && ms >= from && ms <= to
  const opened = runs.filter((each) => within(entered(each, 'breaker', 'OPEN')[0], 4_200, 4_800))
  const closed = runs.filter((each) => within(entered(each, 'breaker', 'CLOSED').at(-1), 10_700, 11_600))
  const probedInVain = runs.filter((each) => entered(each, 'breaker', 'OPEN').length >= 2)
  expect(opened.length).toBeGreaterThan(SEEDS.length * 0.7)
  expect(closed.length).toBeGreaterThan(SEEDS.length * 0.5)
  expect(probedInVain).toHaveLength(SEEDS.length)
  const own = run(opening)
  expect(within(entered(own, 'breaker', 'OPEN')[0], 4_200, 4_800)).toBe(true)
  expect(within(entered(own, 'breaker', 'CLOSED').at(-1), 10_700, 11_600)).toBe(true)
})

/** Share of good answers to a type among the requests that ended within a stretch. */
function goodShare({ history }: RunResult, type: number, fromMs: number, toMs: number): number {
  const { counts, bucketUs } = history.series(16e6)
  const ended = (outcome: number): number => counts[type]![outcome]!.slice((fromMs * 1_000) / bucketUs, (toMs * 1_000) / bucketUs).reduce((sum, count) => sum + count, 0)
  const all = [0, 1, 2, 3, 4].reduce((sum, outcome) => sum + ended(outcome), 0)
  return (ended(Outcome.ok) + ended(Outcome.fallback)) / all
}

test('one slow dependency: browsing never fails with the breaker; without it about a third of it does', () => {
  const without: Blueprint = { ...opening, nodes: opening.nodes.map((node) => (node.id === 'breaker' ? { ...node, bypassed: true } : node)) }
  expect(goodShare(run(opening), 0, 3_000, 10_000)).toBe(1)
  const shares = SEEDS.slice(0, 10).map((seed) => goodShare(run({ ...without, seed }), 0, 3_000, 10_000))
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  expect(mean).toBeGreaterThan(0.5)
  expect(mean).toBeLessThan(0.8)
})

test('one slow dependency, its first five seconds for three seeds: what happened, counts and hash are as they were', () => {
  const lines = [1, 2, 3].flatMap((seed) => {
    const { hash, requests, events, transitions } = run({ ...opening, seed, durationMs: 5_000 })
    return [
      `seed ${seed}  hash ${hash}  ${events} events`,
      `  ${Object.entries(requests).map(([name, count]) => `${name} ${count}`).join('  ')}`,
      ...transitions.filter(({ isStep }) => isStep).map(({ atUs, node, from, to, why }) => `  ${(atUs / 1e6).toFixed(6)}s  ${node}  ${from} -> ${to}  ${why}`),
    ]
  })
  expectGolden(new URL('golden/breaker-saves-the-day-first-5s.trace', import.meta.url), `${lines.join('\n')}\n`)
})
