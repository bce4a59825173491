import * as fc from 'fast-check'
import type { Blueprint, BlueprintFault } from '../../model/blueprint.ts'
import { patterns } from '../../patterns/index.ts'
import type { Command } from '../commands.ts'
import { faultAt, type FaultPlace } from '../faults.ts'
import { clipOf, newNode } from '../parts.ts'
import { gathered } from '../reshaping/gather.ts'
import { splitReadsFromWrites } from '../reshaping/split.ts'
import { freshId, takenIds } from '../../model/ids.ts'
import { collectRequestTypes } from '../../model/request-types.ts'

/** Numbers that a drawing turns into a command about what it has. */
export interface Dice {
  what: number
  a: number
  b: number
  c: number
}

const nat = fc.nat(10_000)
export const dice: fc.Arbitrary<Dice> = fc.record({ what: nat, a: nat, b: nat, c: nat })

type Throw = (blueprint: Blueprint, dice: Dice) => Command | undefined

const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % Math.max(1, list.length)]
const some = <T>(list: readonly T[], number: number): T[] => list.filter((_, index) => (number >> (index % 12)) % 2 === 1)
const parts = ({ nodes, edges, notes = [] }: Blueprint): string[] => [...nodes, ...edges, ...notes].map(({ id }) => id)
const kindOf = (number: number): string => pick(patterns, number)?.kind ?? 'service'

const THROWS: readonly Throw[] = [
  (blueprint, { a, b, c }) => ({ type: 'add-node', node: newNode(blueprint, kindOf(a), { x: b, y: c }), from: pick(blueprint.nodes, c)?.id }),
  (blueprint, { a, b }) => ({ type: 'add-node', node: newNode(blueprint, kindOf(a), { x: b * 1e6, y: -b * 1e6 }) }),
  (blueprint, { a }) => ({ type: 'remove', ids: [pick(blueprint.nodes, a)?.id ?? 'nobody'] }),
  (blueprint, { a }) => ({ type: 'remove', ids: some(parts(blueprint), a) }),
  (blueprint, { a, b }) => ({ type: 'connect', from: pick(blueprint.nodes, a)?.id ?? '', to: pick(blueprint.nodes, b)?.id ?? '' }),
  (blueprint, { a, b }) => ({ type: 'connect', from: pick(blueprint.nodes, b)?.id ?? '', to: pick(blueprint.nodes, a)?.id ?? '' }),
  (blueprint, { a, b }) => ({ type: 'set-edge', edge: pick(blueprint.edges, a)?.id ?? '', change: { lossPercent: b % 101 } }),
  (blueprint, { a, b }) => ({
    type: 'set-edge',
    edge: pick(blueprint.edges, a)?.id ?? '',
    change: b % 2 === 0 ? { latency: undefined, requestTypes: [] } : { latency: { type: 'constant', ms: b }, requestTypes: ['pay'] },
  }),
  (blueprint, { a, b }) => ({ type: 'rename', node: pick(blueprint.nodes, a)?.id ?? '', label: b % 9 === 0 ? '' : `Name ${b} 😀` }),
  (_blueprint, { a }) => ({ type: 'rename-blueprint', name: `Drawing ${a}` }),
  (blueprint, { a }) => ({ type: 'duplicate', ids: some(parts(blueprint), a) }),
  (blueprint, { a, b, c }) => ({ type: 'paste', clip: clipOf(blueprint, some(parts(blueprint), a)), at: b % 2 === 0 ? { x: b, y: c } : undefined }),
  (blueprint, { a, b }) => ({ type: 'insert', edge: pick(blueprint.edges, a)?.id ?? '', kinds: [['retry', 'circuit-breaker', 'timeout'], ['timeout'], ['service']][b % 3] ?? [] }),
  (blueprint, { a, b, c }) => ({ type: 'move-nodes', positions: Object.fromEntries(some(parts(blueprint), a).map((id, index) => [id, { x: b + index, y: c }])) }),
  (blueprint, { a, b }) => ({ type: 'add-note', note: { id: freshId('note', takenIds(blueprint)), text: `Note ${a}\nsecond line`, position: { x: a, y: b } } }),
  (blueprint, { a, b }) => ({ type: 'set-note', note: pick(blueprint.notes ?? [], a)?.id ?? '', text: `Changed ${b}` }),
  (blueprint, { a }) => ({ type: 'redraw', nodes: blueprint.nodes.slice(0, a % (blueprint.nodes.length + 1)), edges: [] }),
  (_blueprint, { a }) => ({ type: 'set-seed', seed: a }),
  (_blueprint, { a }) => ({ type: 'set-duration', durationMs: 1 + a }),
  (blueprint, { a, b, c }) => setFault(blueprint, a, b, c),
  (blueprint, { a, b }) => ({ type: 'duplicate-fault', place: faultPlace(blueprint, a, b) }),
  (blueprint, { a, b }) => ({ type: 'remove-fault', place: faultPlace(blueprint, a, b) }),
  (blueprint, { a }) => ({ type: 'remove-intervention', index: a % Math.max(1, blueprint.interventions.length) }),
  (blueprint, { a, b }) => bypass(blueprint, a, b % 2 === 0),
  (blueprint, { a, b }) => hang(blueprint, a, b),
  (blueprint, { a, b }) => newTypes(blueprint, a, b),
  (blueprint, { a, b }) => reshape(blueprint, gathered, a, b),
  (blueprint, { a, b }) => reshape(blueprint, splitReadsFromWrites, a, b),
]

/** What the dice say to do with this drawing; undefined when it has nothing to do that with. */
export function commandFrom(blueprint: Blueprint, thrown: Dice): Command | undefined {
  return pick(THROWS, thrown.what)?.(blueprint, thrown)
}

function bypass({ nodes }: Blueprint, number: number, bypassed: boolean): Command | undefined {
  const policies = nodes.filter(({ kind }) => patterns.some((pattern) => pattern.kind === kind && pattern.role === 'policy'))
  const node = pick(policies, number)
  return node && { type: 'set-bypassed', node: node.id, bypassed }
}

function faultPlace({ faults, interventions }: Blueprint, number: number, choice: number): FaultPlace {
  const list = choice % 2 === 0 ? 'faults' : 'interventions'
  return { list, index: number % Math.max(1, (list === 'faults' ? faults : interventions).length) }
}

/** Another time, kind, strength or target, good or bad. */
function setFault(blueprint: Blueprint, a: number, b: number, c: number): Command | undefined {
  const place = faultPlace(blueprint, a, b)
  const fault = faultAt(blueprint, place)
  const changes: Partial<BlueprintFault>[] = [
    { fromMs: b, toMs: b + a }, { fromMs: b / 7, toMs: a / 3 }, { toMs: undefined }, { strength: c / 9 }, { node: pick(blueprint.nodes, c)?.id ?? '' },
    { type: pick(patterns.flatMap(({ faults }) => faults), c)?.type ?? '' }, { times: c % 5 }, { requestType: pick(collectRequestTypes(blueprint.nodes), c) ?? 'nothing' },
  ]
  return fault && { type: 'set-fault', place, fault: { ...fault, ...pick(changes, Math.floor(b / 2)) } }
}

/** Of one node that can be reshaped, or of whatever happens to be selected. */
function reshape(blueprint: Blueprint, how: typeof gathered, number: number, choice: number): Command | undefined {
  const possible = blueprint.nodes.map(({ id }) => how(blueprint, [id])).filter((result) => 'command' in result)
  const result = choice % 2 === 0 ? pick(possible, number) : how(blueprint, some(parts(blueprint), number))
  return result && 'command' in result ? result.command : undefined
}

function hang({ nodes }: Blueprint, number: number, atMs: number): Command | undefined {
  const node = pick(nodes.filter(({ kind }) => kind === 'service'), number)
  return node && { type: 'intervene', intervention: { what: 'fault', node: node.id, type: 'hang', atMs, forMs: 1_000 } }
}

/** A client that no longer asks for what a fault or an edge is limited to. */
function newTypes({ nodes }: Blueprint, number: number, name: number): Command | undefined {
  const node = pick(nodes.filter(({ kind }) => kind === 'client'), number)
  return node && { type: 'set-config', node: node.id, field: 'requestTypes', value: [{ name: `type ${name % 5}`, share: 1, everyMs: 0 }] }
}
