import { assign, setup, transition, initialTransition } from 'xstate'
import { compileMachine } from '../src/sim/machine/index.ts'

type Ctx = { failures: number; calls: number; max: number }
type Ev = { type: 'ok' } | { type: 'fail' } | { type: 'probe' }
const breaker = setup({
  types: {} as { context: Ctx; events: Ev },
  guards: { tripped: ({ context }) => context.failures + 1 >= context.max },
  actions: {
    countOk: assign({ failures: 0, calls: ({ context }) => context.calls + 1 }),
    countFail: assign({ failures: ({ context }) => context.failures + 1, calls: ({ context }) => context.calls + 1 }),
  },
  delays: { open: 5000 },
}).createMachine({
  id: 'breaker', context: { failures: 0, calls: 0, max: 5 }, initial: 'closed',
  states: {
    closed: { on: { ok: { actions: 'countOk' }, fail: [{ guard: 'tripped', target: 'open', actions: 'countFail' }, { actions: 'countFail' }] } },
    open: { entry: 'opened', on: { probe: 'half' }, after: { open: 'half' } },
    half: { on: { ok: { target: 'closed', actions: 'countOk' }, fail: { target: 'open', actions: 'countFail' } } },
  },
} as never)
const one = setup({ types: {} as { context: { n: number }; events: { type: 'tick' } } }).createMachine({
  id: 'one', context: { n: 0 }, initial: 'a', states: { a: { on: { tick: { actions: assign({ n: ({ context }) => context.n + 1 }) } } } },
})
const fnform = setup({ types: {} as { context: { n: number, m: number }; events: { type: 'tick' } } }).createMachine({
  id: 'fnform', context: { n: 0, m: 0 }, initial: 'a', states: { a: { on: { tick: { actions: assign(({ context }) => ({ n: context.n + 1, m: context.n })) } } } },
})
const pingpong = setup({ types: {} as { context: { n: number }; events: { type: 'go' } | { type: 'back' } } }).createMachine({
  id: 'pp', context: { n: 0 }, initial: 'a', states: { a: { on: { go: 'b' } }, b: { on: { back: 'a' }, after: { 100: 'a' } } },
})
const effect = setup({ types: {} as { context: { n: number }; events: { type: 'go', k: number } }, actions: { send: (_, _p: {k: number}) => {} } }).createMachine({
  id: 'eff', context: { n: 0 }, initial: 'a', states: { a: { on: { go: { actions: { type: 'send', params: ({ event }) => ({ k: event.k }) } } } } },
})
const nested = setup({ types: {} as { context: { n: number }; events: { type: 'tick' } | { type: 'none' } }, guards: { p: ({ context }) => context.n >= 0, q: ({context}) => context.n < 0 } }).createMachine({
  id: 'nested', context: { n: 0 }, initial: 'a', on: { tick: { actions: assign({ n: ({ context }) => (context.n + 1) % 1000 }) } },
  states: { a: { initial: 'b', on: { tick: { guard: 'q' } }, states: { b: { on: { tick: { guard: 'q' } } } } } },
})
let sunk = 0
const sink = { startTimer(t: number, us: number) { sunk += us + t }, cancelTimer(t: number) { sunk -= t } }

function handWritten() {
  let state = 0
  const context = { failures: 0, calls: 0, max: 5 }
  return (signal: number) => {
    if (state === 0) {
      if (signal === 0) { context.failures = 0; context.calls += 1 }
      else { if (context.failures + 1 >= context.max) { state = 1; sink.startTimer(0, 5000000) } context.failures += 1; context.calls += 1 }
    } else if (state === 1) { if (signal === 2) { sink.cancelTimer(0); state = 2 } }
    else if (signal === 0) { context.failures = 0; context.calls += 1; state = 0 }
    else { context.failures += 1; context.calls += 1; state = 1; sink.startTimer(0, 5000000) }
    return context.calls
  }
}
function cpu() { const u = process.cpuUsage(); return (u.user + u.system) * 1000 }
const N = 3_000_000
const pattern: number[] = []
for (let i = 0, x = 12345; i < 4096; i++) { x = (x * 1103515245 + 12345) >>> 0; pattern.push((x >>> 16) % 100 < 70 ? 0 : (x >>> 16) % 100 < 97 ? 1 : 2) }

function benchBreaker() {
  const c = compileMachine(breaker as never) as any
  const i = c.start(undefined, sink)
  const codes = [c.signal('ok'), c.signal('fail'), c.signal('probe')]
  const evs = [{ type: 'ok' }, { type: 'fail' }, { type: 'probe' }]
  return () => { const t = cpu(); for (let k = 0; k < N; k++) { const p = pattern[k & 4095]!; c.step(i, codes[p]!, evs[p]!, sink) } return (cpu() - t) / N }
}
function benchHand() { const h = handWritten(); return () => { const t = cpu(); for (let k = 0; k < N; k++) sunk += h(pattern[k & 4095]!); return (cpu() - t) / N } }
function benchX() {
  let [s]: any = initialTransition(breaker as never)
  const evs = [{ type: 'ok' }, { type: 'fail' }, { type: 'probe' }]
  return () => { const n = 30_000; const t = cpu(); for (let k = 0; k < n; k++) { [s] = transition(breaker as never, s, evs[pattern[k & 4095]!]! as never) as any } return (cpu() - t) / n }
}
function benchOne(machine: any, ...types: string[]) {
  const c = compileMachine(machine) as any
  const i = c.start(undefined, sink)
  const codes = types.map(t => c.signal(t)), evs = types.map(t => ({ type: t, k: 3 }))
  return () => { const t = cpu(); let m = 0; for (let k = 0; k < N; k++) { c.step(i, codes[m], evs[m], sink); m = m + 1 === codes.length ? 0 : m + 1 } return (cpu() - t) / N }
}
const benches: Record<string, () => number> = {
  'breaker compiled': benchBreaker(), 'breaker hand': benchHand(), 'breaker xstate transition()': benchX(),
  'one-key assign': benchOne(one, 'tick'), 'function assign': benchOne(fnform, 'tick'), 'ping-pong with after': benchOne(pingpong, 'go', 'back'),
  'effect with computed params': benchOne(effect, 'go'), 'nested, 2 guards fail': benchOne(nested, 'tick'),
}
const only = process.argv[2]
const res: Record<string, number[]> = {}
for (let round = 0; round < 7; round++) for (const [k, b] of Object.entries(benches)) if (!only || k.includes(only)) (res[k] ??= []).push(b())
for (const [k, v] of Object.entries(res)) { v.sort((a, b) => a - b); console.log(k.padEnd(32), v[v.length >> 1]!.toFixed(1), 'ns', '  min', v[0]!.toFixed(1)) }
{ const t = cpu(); for (let k = 0; k < 2000; k++) compileMachine(breaker as never); console.log('compile ms', ((cpu() - t) / 2000 / 1e6).toFixed(3)) }
