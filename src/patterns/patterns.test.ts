import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { checkConfig } from '../model/parse.ts'
import { hasErrors } from '../model/problem.ts'
import { compileMachine } from '../sim/machine/index.ts'
import { fieldMeta } from './fields.ts'
import { findPattern, patternKinds, patterns } from './index.ts'
import { patternMachines } from './machines.ts'
import type { Pattern } from './pattern.ts'
import { patternRuntimes } from './runtimes.ts'
import { patternViews } from './views.tsx'

const here = fileURLToPath(new URL('.', import.meta.url))
const SECTIONS = ['Problem', 'How it works', 'What to watch for', 'Knobs that matter', 'When not to use it']
/** The article that this follows has a command, its fallback and what they protect; it has no page about load. */
const NOT_IN_THE_ARTICLE = new Set(['client'])

test('every folder defines a kind and every kind has a folder, named once', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  expect([...new Set(patterns.map(({ kind, folder }) => folder ?? kind))].toSorted()).toEqual(folders.toSorted())
  expect(new Set(patternKinds()).size).toBe(patterns.length)
  expect(Object.keys(patternMachines).toSorted()).toEqual(patternKinds().toSorted())
  expect(Object.keys(patternRuntimes).toSorted()).toEqual(patternKinds().toSorted())
  expect(Object.keys(patternViews).toSorted()).toEqual(patternKinds().toSorted())
})

test('a kind is found by its name, and nothing is found by any other', () => {
  for (const pattern of patterns) expect(findPattern(pattern.kind)).toBe(pattern)
  for (const name of ['', 'Client', 'toString', '__proto__', 'constructor']) expect(findPattern(name)).toBeUndefined()
})

describe.each(patterns.map((pattern): [string, Pattern] => [pattern.kind, pattern]))('%s', (kind, pattern) => {
  const machines = patternMachines[kind]!
  const machine = machines.machine(pattern.defaults)
  const fields = Object.entries(pattern.schema.entries).map(([name, schema]) => ({ name, schema, meta: fieldMeta(schema) }))

  test('its defaults are a correct config, without a warning, and are not changed by being checked', () => {
    expect(checkConfig(kind, {}, 'config')).toEqual({ config: pattern.defaults, problems: [] })
    expect(v.is(pattern.schema, pattern.defaults)).toBe(true)
    expect(Object.keys(pattern.defaults as object)).toEqual(fields.map(({ name }) => name))
  })

  test('every field has a label and a line of help; numbers have bounds and a unit', () => {
    for (const { name, meta } of fields) {
      expect(meta?.label, name).toMatch(/^\S.{1,29}$/)
      expect(meta?.help, name).toMatch(/^\S.{9,}[.)]$/)
      expect(meta?.help, name).not.toContain('\n')
      if (meta?.control !== 'number') continue
      expect(meta.unit, name).toMatch(/\S/)
      expect(meta.min, name).toBeLessThan(meta.max!)
    }
  })

  test('its bounds are what the config is held to', () => {
    for (const { name, meta } of fields) {
      if (meta?.control !== 'number') continue
      const isRefused = (value: number): boolean => hasErrors(checkConfig(kind, { [name]: value }, 'config').problems)
      expect([meta.min!, meta.max!].map(isRefused), name).toEqual([false, false])
      expect([meta.min! - 1, meta.max! + 1, NaN, Infinity].map(isRefused), name).toEqual([true, true, true, true])
      if (meta.whole === true) expect(isRefused(meta.min! + 0.5), name).toBe(true)
    }
  })

  test('one to four fields matter first, and are shown with the defaults', () => {
    const main = fields.filter(({ meta }) => meta?.main === true)
    const shown = main.filter(({ meta }) => meta?.when?.(pattern.defaults as Record<string, unknown>) ?? true)
    expect(main.length).toBeGreaterThanOrEqual(Math.min(2, fields.length))
    expect(shown.length).toBeGreaterThanOrEqual(Math.min(2, fields.length))
    expect(shown.length).toBeLessThanOrEqual(4)
  })

  test('its machine is pure: nothing invoked, nothing spawned; it compiles, and the same config gives the same one', () => {
    expect(statesOf(machine).filter(({ config }) => config.invoke !== undefined)).toEqual([])
    expect(compileMachine(machine).states).toEqual(leavesOf(machine).map(pathOf))
    expect(machines.machine(pattern.defaults)).toBe(machine)
  })

  test('every state can be drawn, and no other is', () => {
    expect(Object.keys(pattern.states).toSorted()).toEqual(leavesOf(machine).map(pathOf).toSorted())
    for (const [state, look] of Object.entries(pattern.states)) expect(look.word, state).toMatch(/^[A-Z].{0,19}$/)
  })

  test('so do the machines of single pieces of work, where it has such', () => {
    const own = machines.instanceMachine?.(pattern.defaults)
    if (!own) return
    expect(compileMachine(own).states).toEqual(leavesOf(own).map(pathOf))
    expect(machines.instanceMachine?.(pattern.defaults)).toBe(own)
    expect(Object.keys(machines.instanceStates?.(pattern.defaults) ?? {})).toEqual(leavesOf(own).map(pathOf))
  })

  test('every change of state it can make is explained in a sentence', () => {
    for (const { from, to, signal } of changesOf(machine)) {
      // For a breaker: 5 of 10 calls failed, or a wait of 5 s.
      const why = pattern.explain({ from, to, signal, evidence: 10 | (5 << 10) }, pattern.defaults)
      expect(why, `${from} -> ${to} on ${signal}`).toMatch(/^[A-Z0-9].{4,}/)
      expect(why, `${from} -> ${to} on ${signal}`).not.toMatch(/undefined|NaN|\n/)
    }
  })

  test('its faults are told apart, and their strengths lie within their bounds', () => {
    expect(new Set(pattern.faults.map(({ type }) => type)).size).toBe(pattern.faults.length)
    for (const { type, label, words, strength } of pattern.faults) {
      expect(label, type).toMatch(/\S/)
      expect(words(strength?.default ?? 1), type).toMatch(/^\S/)
      if (strength) expect(strength.default >= strength.min && strength.default <= strength.max, type).toBe(true)
    }
  })

  test('its figures and bars can be drawn from the first instant on', () => {
    const stats = { callsPerSecond: 0, okPercent: NaN, latencyMsP50: NaN, latencyMsP95: NaN, totals: { ok: 0, fallback: 0, failed: 0, rejected: 0, timedOut: 0 } }
    const config = pattern.defaults as Record<string, number>
    const sink = { startTimer: () => {}, cancelTimer: () => {} }
    const { context } = compileMachine(machine).start(config, sink)
    for (const { label, value } of pattern.figures(stats, context, pattern.defaults)) {
      expect(label).toMatch(/\S/)
      expect(typeof value).toBe('number')
    }
    for (const { value, capacity } of pattern.bars?.(context, pattern.defaults) ?? []) expect([value, capacity].every(Number.isFinite)).toBe(true)
  })

  test('only policies stand before one call; sources are never called', () => {
    // A server may also be the end of the line.
    const ports = pattern.role === 'server' && pattern.ports.out === 'none' ? { ...pattern.ports, out: 'many' } : pattern.ports
    expect(ports).toEqual({ source: { in: false, out: 'many' }, server: { in: true, out: 'many' }, policy: { in: true, out: 'one' } }[pattern.role])
  })

  test('it has a page that explains it', () => {
    const file = `${here}${pattern.folder ?? kind}/README.md`
    expect(existsSync(file), file).toBe(true)
    const headings = [...readFileSync(file, 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual(NOT_IN_THE_ARTICLE.has(pattern.folder ?? kind) ? SECTIONS : [...SECTIONS, 'In the article'])
  })
})

function statesOf(machine: AnyStateMachine): AnyStateNode[] {
  const below = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(below)]
  return below(machine.root)
}

function leavesOf(machine: AnyStateMachine): AnyStateNode[] {
  return statesOf(machine).filter(({ states }) => Object.keys(states).length === 0)
}

const pathOf = (node: AnyStateNode): string => node.path.join('.')

interface Change {
  from: string
  to: string
  signal: string
}

/** Every change from leaf to leaf: each state's own transitions and its ancestors', followed through `always`. */
function changesOf(machine: AnyStateMachine): Change[] {
  return leavesOf(machine).flatMap((leaf) =>
    ancestors(leaf).flatMap((state) =>
      [...state.transitions.values()].flat().flatMap(({ target, eventType }) =>
        (target ?? []).flatMap((to) => endsOf(firstLeaf(to)).map((end): Change => ({ from: pathOf(leaf), to: pathOf(end), signal: eventType }))),
      ),
    ),
  ).filter(({ from, to }) => from !== to)
}

function ancestors(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [node, ...ancestors(node.parent)] : [node]
}

function firstLeaf(node: AnyStateNode): AnyStateNode {
  const initial = node.initial?.target?.[0]
  return initial ? firstLeaf(initial) : node
}

/** Where it comes to rest: there, unless `always` leads on for certain. */
function endsOf(leaf: AnyStateNode): AnyStateNode[] {
  const always = leaf.always ?? []
  const ends = always.flatMap(({ target }) => target ?? []).map(firstLeaf)
  return always.some(({ guard, target }) => guard === undefined && target !== undefined) ? ends : [leaf, ...ends]
}
