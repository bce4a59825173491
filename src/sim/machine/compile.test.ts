import { and, assign, cancel, not, raise, setup } from 'xstate'
import { describe, expect, test } from 'vitest'
import { expectSameAsXState } from '../testing/same-as-xstate.ts'
import { compileMachine, type TimerSink } from './index.ts'

/** A breaker with nested states, two timers, effects and params: small, but nothing in it is rare in the catalogue. */
const breaker = setup({
  types: {} as {
    context: { failures: number; limit: number; probes: number }
    events: { type: 'ok' } | { type: 'fail'; cause: string } | { type: 'reset' }
    input: { limit: number }
  },
  guards: {
    isTripping: ({ context }) => context.failures + 1 >= context.limit,
    hasProbes: ({ context }, params: { atLeast: number }) => context.probes >= params.atLeast,
  },
  actions: {
    count: assign({ failures: ({ context }) => context.failures + 1 }),
    forget: assign({ failures: 0, probes: 0 }),
    tell: (_args, _params: { about: string }) => {},
    shed: () => {},
  },
  delays: { openFor: ({ context }) => context.failures * 100 },
}).createMachine({
  id: 'breaker',
  context: ({ input }) => ({ failures: 0, limit: input.limit, probes: 0 }),
  initial: 'up',
  on: { reset: { target: '.up', reenter: false, actions: 'forget' } },
  states: {
    up: {
      initial: 'idle',
      states: { idle: { on: { ok: 'busy' } }, busy: { after: { 20: 'idle' } } },
      on: {
        fail: [
          {
            guard: 'isTripping',
            target: 'open',
            actions: ['count', { type: 'tell', params: ({ event }) => ({ about: event.cause }) }],
          },
          { actions: 'count' },
        ],
      },
    },
    open: { entry: 'shed', after: { openFor: 'probing' } },
    probing: {
      on: { ok: { actions: assign({ probes: ({ context }) => context.probes + 1 }) }, fail: 'open' },
      always: { guard: { type: 'hasProbes', params: { atLeast: 2 } }, target: 'up', actions: 'forget' },
    },
  },
})

class Timers implements TimerSink {
  readonly log: string[] = []

  startTimer(timer: number, delayUs: number): void {
    this.log.push(`start ${timer} ${delayUs}`)
  }

  cancelTimer(timer: number): void {
    this.log.push(`cancel ${timer}`)
  }
}

describe('a compiled breaker', () => {
  const machine = compileMachine(breaker)
  const [ok, fail] = [machine.signal('ok'), machine.signal('fail')]
  const name = (state: number) => machine.states[state]

  test('names its states, signals, effects and timers', () => {
    expect(machine.id).toBe('breaker')
    expect(machine.states).toEqual(['up.idle', 'up.busy', 'open', 'probing'])
    expect(machine.signals.toSorted()).toEqual(
      ['fail', 'ok', 'reset', 'xstate.after.20.breaker.up.busy', 'xstate.after.openFor.breaker.open'].toSorted(),
    )
    expect(machine.effects.toSorted()).toEqual(['shed', 'tell'])
    expect(machine.timers).toEqual(['xstate.after.20.breaker.up.busy', 'xstate.after.openFor.breaker.open'])
  })

  test('starts with the context that its input makes', () => {
    const instance = machine.start({ limit: 2 }, new Timers())
    expect(name(instance.state)).toBe('up.idle')
    expect(instance.context).toEqual({ failures: 0, limit: 2, probes: 0 })
  })

  test('writes into the same context object and reports effects with their params', () => {
    const timers = new Timers()
    const instance = machine.start({ limit: 2 }, timers)
    const { context } = instance
    expect(machine.step(instance, fail, { type: 'fail', cause: 'slow' }, timers)).toBe(true)
    expect(machine.effectCount).toBe(0)
    expect(machine.step(instance, fail, { type: 'fail', cause: 'down' }, timers)).toBe(true)
    expect(name(instance.state)).toBe('open')
    expect(instance.context).toBe(context)
    expect(context.failures).toBe(2)
    const effects = machine.effectIds.slice(0, machine.effectCount).map(id => machine.effects[id])
    expect(effects).toEqual(['tell', 'shed'])
    expect(machine.effectParams[0]).toEqual({ about: 'down' })
    expect(timers.log).toEqual(['start 1 200000'])
  })

  test('delivers the event of a timer and follows always', () => {
    const timers = new Timers()
    const instance = machine.start({ limit: 1 }, timers)
    machine.step(instance, fail, { type: 'fail', cause: 'down' }, timers)
    const event = machine.timerEvent(1)
    expect(event).toEqual({ type: 'xstate.after.openFor.breaker.open' })
    expect(Object.isFrozen(event) && machine.timerEvent(1) === event).toBe(true)
    machine.step(instance, machine.timerSignal(1), event, timers)
    expect(name(instance.state)).toBe('probing')
    machine.step(instance, ok, { type: 'ok' }, timers)
    machine.step(instance, ok, { type: 'ok' }, timers)
    expect(name(instance.state)).toBe('up.idle')
    expect(timers.log).toEqual(['start 1 100000', 'cancel 1'])
  })

  test('says false when nothing takes the signal', () => {
    const timers = new Timers()
    const instance = machine.start({ limit: 1 }, timers)
    machine.step(instance, fail, { type: 'fail', cause: 'down' }, timers)
    expect(machine.step(instance, ok, { type: 'ok' }, timers)).toBe(false)
    expect(machine.effectCount).toBe(0)
  })

  test('does what XState does', () => {
    const fails = { type: 'fail', cause: 'x' } as const
    const oks = { type: 'ok' } as const
    const stimuli = [oks, { fire: 0 }, fails, oks, fails, oks, { fire: 0 }, oks, fails, { fire: 0 }, oks, oks, oks, fails]
    expectSameAsXState(breaker, [...stimuli, { type: 'reset' }, fails, fails, { type: 'reset' }, oks], { input: { limit: 2 } })
  })

  test('names machine and name when asked for what it does not know', () => {
    expect(() => machine.signal('explode')).toThrow('machine "breaker" has no signal "explode"; it has: reset, fail, ok, xstate.after')
    expect(() => machine.effect('explode')).toThrow('machine "breaker" has no effect "explode"')
    expect(() => machine.timerSignal(9)).toThrow('machine "breaker" has no timer 9')
    const instance = machine.start({ limit: 1 }, new Timers())
    expect(() => machine.step(instance, 99, { type: 'ok' }, new Timers())).toThrow('has no signal 99')
  })
})

test('an object-form assign computes every property from the old context', () => {
  const swap = setup({ types: {} as { context: { a: number; b: number } } }).createMachine({
    context: { a: 1, b: 2 },
    on: { swap: { actions: assign({ a: ({ context }) => context.b, b: ({ context }) => context.a }) } },
    initial: 'only',
    states: { only: {} },
  })
  const machine = compileMachine(swap)
  const instance = machine.start(undefined, new Timers())
  machine.step(instance, machine.signal('swap'), { type: 'swap' }, new Timers())
  expect(instance.context).toEqual({ a: 2, b: 1 })
  expect(machine.start(undefined, new Timers()).context).toEqual({ a: 1, b: 2 })
})

test('re-entering a state cancels its timer before it starts it anew', () => {
  const waiting = setup({}).createMachine({
    initial: 'waiting',
    states: { waiting: { after: { 5: 'done' }, on: { again: { target: 'waiting', reenter: true }, same: 'waiting' } }, done: {} },
  })
  const machine = compileMachine(waiting)
  const timers = new Timers()
  const instance = machine.start(undefined, timers)
  machine.step(instance, machine.signal('same'), { type: 'same' }, timers)
  machine.step(instance, machine.signal('again'), { type: 'again' }, timers)
  expect(timers.log).toEqual(['start 0 5000', 'cancel 0', 'start 0 5000'])
})

test('numeric delays are asked for before named ones, smallest first', () => {
  const racing = setup({ delays: { early: 1 } }).createMachine({
    initial: 'racing',
    states: { racing: { after: { early: 'over', 30: 'over', 2: 'over' } }, over: {} },
  })
  const machine = compileMachine(racing)
  const timers = new Timers()
  machine.start(undefined, timers)
  expect(timers.log.map(line => machine.timers[Number(line.split(' ')[1])])).toEqual([
    'xstate.after.2.(machine).racing',
    'xstate.after.30.(machine).racing',
    'xstate.after.early.(machine).racing',
  ])
})

test('a raise without delay happens at once, one with delay 0 is a timer', () => {
  const raising = setup({}).createMachine({
    initial: 'a',
    states: {
      a: { on: { go: { actions: [raise({ type: 'now' }), raise({ type: 'later' }, { id: 'soon', delay: 0 })] }, now: 'b' } },
      b: { on: { later: 'c', stop: { actions: cancel('soon') } } },
      c: { type: 'final' },
    },
  })
  const machine = compileMachine(raising)
  const timers = new Timers()
  const instance = machine.start(undefined, timers)
  machine.step(instance, machine.signal('go'), { type: 'go' }, timers)
  expect(machine.states[instance.state]).toBe('b')
  expect([machine.timers, timers.log]).toEqual([['soon'], ['start 0 0']])
  machine.step(instance, machine.timerSignal(0), machine.timerEvent(0), timers)
  expect(machine.isFinal(instance.state)).toBe(true)
  expect(machine.step(instance, machine.signal('go'), { type: 'go' }, timers)).toBe(false)
})

test('a final child tells its parent, whose onDone sees the output', () => {
  const nested = setup({ types: {} as { context: { got: unknown } } }).createMachine({
    id: 'nested',
    context: { got: null },
    initial: 'work',
    states: {
      work: {
        initial: 'busy',
        states: { busy: { on: { finish: 'finished' } }, finished: { type: 'final', output: ({ event }) => event } },
        onDone: { target: 'rest', actions: assign({ got: ({ event }) => event.output }) },
      },
      rest: {},
    },
  })
  const machine = compileMachine(nested)
  const instance = machine.start(undefined, new Timers())
  machine.step(instance, machine.signal('finish'), { type: 'finish' }, new Timers())
  expect(machine.states[instance.state]).toBe('rest')
  expect(instance.context.got).toEqual({ type: 'finish' })
  expectSameAsXState(nested, [{ type: 'finish' }])
})

test('a forbidding transition keeps the parent from seeing the event and takes nothing', () => {
  const forbidding = setup({ actions: { told: () => {}, other: () => {} } }).createMachine({
    initial: 'open',
    on: { go: { actions: 'told' }, '*': { actions: 'other' } },
    states: { open: { on: { go: {} } } },
  })
  const machine = compileMachine(forbidding, { signals: ['anything'] })
  const instance = machine.start(undefined, new Timers())
  expect(machine.step(instance, machine.signal('go'), { type: 'go' }, new Timers())).toBe(false)
  expect(machine.effectCount).toBe(0)
  expect(machine.step(instance, machine.signal('anything'), { type: 'anything' }, new Timers())).toBe(true)
  expect(machine.effects[machine.effectIds[0] ?? -1]).toBe('other')
})

test('guards combine', () => {
  const guarded = setup({
    types: {} as { context: { n: number } },
    guards: { isPositive: ({ context }) => context.n > 0, isSmall: ({ context }) => context.n < 3 },
    actions: { up: assign({ n: ({ context }) => context.n + 1 }) },
  }).createMachine({
    context: { n: 0 },
    initial: 'a',
    states: {
      a: { on: { go: [{ guard: and(['isPositive', not('isSmall')]), target: 'b' }, { actions: 'up' }] } },
      b: {},
    },
  })
  expectSameAsXState(guarded, [{ type: 'go' }, { type: 'go' }, { type: 'go' }, { type: 'go' }])
})

describe('a machine that does not come to rest', () => {
  const endless = (maxIterations?: number) =>
    setup({}).createMachine({
      id: 'endless',
      ...(maxIterations === undefined ? {} : { options: { maxIterations } }),
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { always: 'c' }, c: { always: 'b' } },
    })
  const step = (machine: ReturnType<typeof endless>) => {
    const compiled = compileMachine(machine)
    compiled.step(compiled.start(undefined, new Timers()), compiled.signal('go'), { type: 'go' }, new Timers())
  }

  test('is stopped, even without a limit of its own', () => {
    expect(() => step(endless())).toThrow(/machine "endless" does not come to rest in state "[bc]" after 10000 passes/)
  })

  test('is stopped at its own limit', () => {
    expect(() => step(endless(7))).toThrow('after 7 passes')
  })

  test.each([1, 2, 3, 4])('is given exactly as many passes as XState gives: %i', maxIterations => {
    const chain = setup({}).createMachine({
      options: { maxIterations },
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { always: 'c' }, c: { always: 'd' }, d: {} },
    })
    expectSameAsXState(chain, [{ type: 'go' }, { type: 'go' }])
  })
})

test.each([
  ['a negative number', -1],
  ['infinite', Infinity],
  ['not a number', NaN],
])('a delay that turns out to be %s fails by name', (_what, delay) => {
  const waiting = setup({ delays: { patience: () => delay } }).createMachine({
    id: 'waiting',
    initial: 'a',
    states: { a: { on: { go: 'b' } }, b: { after: { patience: 'a' } } },
  })
  const machine = compileMachine(waiting)
  const instance = machine.start(undefined, new Timers())
  const step = () => machine.step(instance, machine.signal('go'), { type: 'go' }, new Timers())
  expect(step).toThrow(`machine "waiting": delay "patience" gave ${delay}; a delay is a finite number of milliseconds`)
})

test('an error of the author leaves the machine fit for its other instances', () => {
  const fragile = setup({ types: {} as { context: { n: number }; events: { type: 'go'; breaks: boolean } | { type: 'again' } } })
  const machine = compileMachine(
    fragile.createMachine({
      context: { n: 0 },
      initial: 'a',
      states: {
        a: {
          on: {
            go: {
              actions: [
                raise({ type: 'again' }),
                assign(({ event }) => {
                  if (event.breaks) throw new Error('broken')
                  return {}
                }),
              ],
            },
            again: { actions: assign({ n: ({ context }) => context.n + 1 }) },
          },
        },
      },
    }),
  )
  const [first, second] = [machine.start(undefined, new Timers()), machine.start(undefined, new Timers())]
  const go = machine.signal('go')
  expect(() => machine.step(first, go, { type: 'go', breaks: true }, new Timers())).toThrow('broken')
  machine.step(second, go, { type: 'go', breaks: false }, new Timers())
  expect(second.context.n).toBe(1)
})
