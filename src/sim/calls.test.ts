import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { AGENT, Calls, NOBODY, Phase } from './calls.ts'
import { holds } from './testing/property.ts'
import { WaitingLines } from './waiting-lines.ts'

type Deed = { do: 'open'; node: number } | { do: 'call'; parent: number; node: number } | { do: 'release'; which: number } | { do: 'save' } | { do: 'restore' }

const which = fc.nat(1_000)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open' as const), node: fc.nat(3) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('call' as const), parent: which, node: fc.nat(3) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('release' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('save' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const) }) },
)

interface Record {
  call: number
  id: number
  node: number
  request: number
  /** Serial number of the parent's life; −1 nobody's. */
  parent: number
  startUs: number
}

test('any mix of opening, calling, releasing and keyframes keeps every record apart from every other', () => {
  holds(
    fc.property(fc.array(deed, { minLength: 5, maxLength: 250, size: 'max' }), (deeds) => {
      let calls = new Calls()
      let live: Record[] = []
      let serial = 0
      let saved: { state: ReturnType<Calls['save']>; live: Record[]; serial: number } | undefined
      for (const step of deeds) {
        const chosen = 'parent' in step ? step.parent : 'which' in step ? step.which : 0
        const other = live[chosen % Math.max(1, live.length)]
        if (step.do === 'open') {
          serial += 1
          live.push({ call: calls.openOwn(step.node, NOBODY, serial, 0, serial), id: 0, node: step.node, request: serial, parent: -1, startUs: serial })
        } else if (step.do === 'call' && other) {
          serial += 1
          const call = calls.openCall(9, step.node, other.call, serial, serial)
          live.push({ call, id: serial, node: step.node, request: other.request, parent: other.startUs, startUs: serial })
        } else if (step.do === 'release' && other) {
          calls.release(other.call)
          live = live.filter((record) => record !== other)
        } else if (step.do === 'save') saved = { state: structuredClone(calls.save()), live: [...live], serial }
        else if (step.do === 'restore' && saved) {
          // Every other time into calls that know nothing, else into those that have gone on.
          if (serial % 2 === 0) calls = new Calls()
          calls.restore(saved.state)
          live = [...saved.live]
          serial = saved.serial
        }
        check(calls, live)
      }
    }),
    { runs: 300 },
  )
})

function check(calls: Calls, live: readonly Record[]): void {
  const fail = (what: string): never => expect.fail(what)
  if (calls.live !== live.length) fail(`${calls.live} live, expected ${live.length}`)
  const byStart = new Map(live.map((record) => [record.startUs, record]))
  const seen = new Set<number>()
  for (const record of live) {
    const { call } = record
    if (seen.has(call)) fail(`record ${call} is used twice`)
    seen.add(call)
    if (calls.id[call] !== record.id || calls.node[call] !== record.node) fail(`record ${call} was overwritten`)
    if (calls.request[call] !== record.request || calls.startUs[call] !== record.startUs) fail(`record ${call} was overwritten`)
    const parent = byStart.get(record.parent)
    const isAwaited = parent !== undefined && calls.phase[parent.call] === Phase.atCallee
    if (calls.isAwaited(call) !== isAwaited) fail(`record ${call}: awaited ${calls.isAwaited(call)}`)
  }
}

test('nobody waits for a call once its caller gave its own answer, even while that answer still travels', () => {
  const calls = new Calls()
  const parent = calls.openCall(0, 1, calls.openOwn(0, NOBODY, 1, 0, 0), 1, 0)
  calls.phase[parent] = Phase.atCallee
  const child = calls.openCall(1, 2, parent, 2, 0)
  expect(calls.isAwaited(child)).toBe(true)
  calls.phase[parent] = Phase.replying
  expect(calls.isAwaited(child)).toBe(false)
})

test('a record that is used again does not take the answers meant for its former life', () => {
  const calls = new Calls()
  const parent = calls.openOwn(0, NOBODY, 1, 0, 0)
  const child = calls.openCall(0, 1, parent, 1, 0)
  calls.release(parent)
  const next = calls.openOwn(0, NOBODY, 2, 0, 0)
  expect(next).toBe(parent)
  expect(calls.isAwaited(child)).toBe(false)
})

test('users and requests of a client are not awaited by anybody', () => {
  const calls = new Calls()
  expect(calls.isAwaited(calls.openOwn(0, NOBODY, 1, 0, 0))).toBe(false)
  expect(calls.isAwaited(calls.openOwn(0, AGENT, 0, 0, 0))).toBe(false)
})

test('calls at a node come oldest first, whichever record they happen to use', () => {
  const calls = new Calls()
  const request = calls.openOwn(0, NOBODY, 1, 0, 0)
  const early = [1, 2, 3].map((id) => calls.openCall(0, 5, request, id, 0))
  calls.release(early[0]!)
  calls.openCall(0, 6, request, 4, 0)
  calls.release(early[1]!)
  const late = calls.openCall(0, 5, request, 5, 0)
  for (let call = 0; call < calls.high; call += 1) if (calls.phase[call] === Phase.travelling) calls.phase[call] = Phase.atCallee
  expect(late).toBeLessThan(early[2]!)
  expect(calls.at(5)).toEqual([early[2], late])
  expect(calls.at(7)).toEqual([])
})

test('a waiting line is first come, first served, one line per node, through keyframes', () => {
  const step = fc.record({ line: fc.nat(2), do: fc.constantFrom('push', 'push', 'shift', 'save', 'restore') })
  holds(
    fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
      const calls = new Calls()
      const lines = new WaitingLines(3, calls)
      let naive: number[][] = [[], [], []]
      let saved = { calls: calls.save(), lines: lines.save(), naive: structuredClone(naive) }
      for (const { line, do: what } of steps) {
        if (what === 'push') {
          const call = calls.openOwn(line, NOBODY, 0, 0, 0)
          lines.push(line, call)
          naive[line]!.push(call)
        } else if (what === 'shift') {
          const call = lines.shift(line)
          if (call !== (naive[line]!.shift() ?? -1)) expect.fail(`${call} came out of order`)
          if (call >= 0) calls.release(call)
        } else if (what === 'save') saved = structuredClone({ calls: calls.save(), lines: lines.save(), naive })
        else {
          calls.restore(saved.calls)
          lines.restore(saved.lines)
          naive = structuredClone(saved.naive)
        }
        for (const each of [0, 1, 2]) if (lines.length(each) !== naive[each]!.length) expect.fail(`line ${each} has ${lines.length(each)}`)
      }
    }),
    { runs: 200 },
  )
})
