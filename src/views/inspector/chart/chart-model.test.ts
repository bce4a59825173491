import { describe, expect, it } from 'vitest'
import { createMachine } from 'xstate'
import { patterns } from '../../../patterns/index.ts'
import { findMachines } from '../../../patterns/machines.ts'
import type { StateLook } from '../../../patterns/pattern.ts'
import { chartOf, outlineOf, waysOn } from './chart-model.ts'
import { placeChart, wrapped } from './chart-layout.ts'

const machine = createMachine({
  id: 'door',
  initial: 'shut',
  on: { RESET: '.shut' },
  states: {
    shut: { on: { PUSH: { target: 'open.ajar', guard: { type: 'isUnlocked' } }, KNOCK: {}, BREAK: 'broken' } },
    open: {
      initial: 'ajar',
      on: { PULL: 'shut', BREAK: 'broken' },
      states: {
        ajar: { on: { PUSH: [{ target: 'wide', guard: 'isStrong' }, { target: 'wide', guard: 'isPatient' }] } },
        wide: { after: { 500: 'ajar' } },
      },
    },
    broken: {},
  },
})

const looks: Record<string, StateLook> = {
  shut: { word: 'Shut', tone: 'closed' },
  'open.wide': { word: 'Wide open', tone: 'open' },
  broken: { word: 'Broken', tone: 'down', minor: true },
}

describe('chartOf', () => {
  const chart = chartOf(machine, looks, { showAll: false, current: undefined })

  it('draws nested states inside their frame and marks the first one', () => {
    expect(chart.states.map((state) => [state.id, state.word, state.parent, state.isFrame, state.isInitial])).toEqual([
      ['shut', 'Shut', undefined, false, true],
      ['open', 'Open', undefined, true, false],
      ['open.ajar', 'Ajar', 'open', false, false],
      ['open.wide', 'Wide open', 'open', false, false],
    ])
  })

  it('labels arrows with signal and guard, merges parallel ones, and reads timers', () => {
    expect(chart.edges).toEqual([
      { from: 'shut', to: 'open.ajar', labels: ['PUSH [is unlocked]'], alsoFrom: [] },
      { from: 'open', to: 'shut', labels: ['PULL'], alsoFrom: [] },
      { from: 'open.ajar', to: 'open.wide', labels: ['PUSH [is strong or is patient]'], alsoFrom: [] },
      { from: 'open.wide', to: 'open.ajar', labels: ['after 500 ms'], alsoFrom: [] },
    ])
  })

  it('notes what a state takes without leaving, and what every state takes', () => {
    expect(chart.states[0]?.stays).toEqual(['KNOCK'])
    expect(chart.anywhere).toEqual([{ to: 'Shut', labels: ['RESET'] }])
  })

  it('says once what the guards of a signal share', () => {
    const breaker = patterns.find((pattern) => pattern.kind === 'circuit-breaker')!
    const { edges } = chartOf(findMachines('circuit-breaker')!.machine(breaker.defaults), breaker.states, { showAll: false, current: undefined })
    expect(edges.map((edge) => `${edge.from} ${edge.to}: ${edge.labels.join(', ')}`)).toEqual([
      'CLOSED OPEN: [both rates or failure rate or slow call rate reached]',
      'OPEN HALF_OPEN: ACQUIRE [wait is over]',
      'HALF_OPEN OPEN: [failure rate or slow call rate reached]',
      'HALF_OPEN CLOSED: [enough calls]',
    ])
  })

  it('hides minor states until asked, except the present one', () => {
    expect(chart.hiddenCount).toBe(1)
    const all = chartOf(machine, looks, { showAll: true, current: undefined })
    expect(all.hiddenCount).toBe(0)
    // Said once, from the frame; the state beside it is named.
    expect(all.edges.filter((edge) => edge.to === 'broken')).toEqual([
      { from: 'open', to: 'broken', labels: ['BREAK'], alsoFrom: ['Shut'] },
    ])
    const now = chartOf(machine, looks, { showAll: false, current: 'broken' })
    expect(now.states.some((state) => state.id === 'broken')).toBe(true)
  })
})

describe('outlineOf', () => {
  it('gives each frame a row, and those in none the last', () => {
    expect(outlineOf(machine, looks).map(({ title, depth, states }) => `${depth} ${title}: ${states.map(({ word }) => word).join(', ')}`)).toEqual([
      '0 open: Ajar, Wide open', '-1 : Shut, Broken',
    ])
  })

  it('says where one gets from a state, by its frame too', () => {
    expect(waysOn(machine, 'open.ajar', looks)).toEqual([
      { to: 'Wide open', labels: ['PUSH [is strong or is patient]'] },
      { to: 'Shut', labels: ['PULL'] },
      { to: 'Broken', labels: ['BREAK'] },
    ])
    expect(waysOn(machine, 'shut', looks)[0]).toEqual({ to: 'open: Ajar', labels: ['PUSH [is unlocked]'] })
  })

  for (const { kind, defaults } of patterns.filter((pattern) => findMachines(pattern.kind)?.instanceMachine)) {
    it(`finds a look for every state of one ${kind}`, () => {
      const { instanceMachine, instanceStates } = findMachines(kind)!
      const own = instanceMachine!(defaults)
      const ownLooks = instanceStates!(defaults)
      const states = outlineOf(own, ownLooks).flatMap((row) => row.states)
      expect(states.map(({ id }) => id).toSorted()).toEqual(Object.keys(ownLooks).toSorted())
      expect(waysOn(own, states[0]!.id, {}).length).toBeGreaterThan(0)
    })
  }
})

describe('placeChart', () => {
  it('breaks labels at words', () => {
    expect(wrapped(['failure', 'rate', 'reached'], 12)).toEqual(['failure rate', 'reached'])
    expect(wrapped([], 12)).toEqual([])
  })

  for (const pattern of patterns) {
    for (const showAll of [false, true]) {
      it(`places every state of ${pattern.kind} apart from the others${showAll ? ', minor ones too' : ''}`, () => {
        const chart = chartOf(findMachines(pattern.kind)!.machine(pattern.defaults), pattern.states, { showAll, current: undefined })
        const placed = placeChart(chart, 316)
        const boxes = placed.states.filter(({ state }) => !state.isFrame)
        expect(boxes.length).toBeGreaterThan(1)
        for (const [index, one] of boxes.entries()) {
          expect(one.x).toBeGreaterThanOrEqual(0)
          expect(one.y).toBeGreaterThanOrEqual(placed.top)
          expect(one.x + one.width).toBeLessThanOrEqual(placed.width)
          expect(one.y + one.height).toBeLessThanOrEqual(placed.top + placed.height)
          for (const other of boxes.slice(index + 1)) {
            const isApart =
              one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y
            expect(isApart, `${one.state.id} and ${other.state.id}`).toBe(true)
          }
        }
        for (const { points } of placed.edges) expect(points.length).toBeGreaterThan(1)
        if (!showAll && pattern.role === 'policy') expect(placed.width).toBeLessThanOrEqual(316)
      })
    }
  }
})
