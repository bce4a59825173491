import type { AnyStateMachine, AnyStateNode } from 'xstate'
import type { StateLook } from '../../../patterns/pattern.ts'

/** A box of the chart. A state that holds others is a frame around them. */
export interface ChartState {
  /** Path from the machine's root: `up.busy`. */
  id: string
  word: string
  tone: StateLook['tone']
  /** Id of the frame it stands in. */
  parent: string | undefined
  isFrame: boolean
  isInitial: boolean
  /** Signals it takes without leaving: `ARRIVE`. */
  stays: string[]
}

/** All ways from one state to another, as one arrow. */
export interface ChartEdge {
  from: string
  to: string
  /** `ACQUIRE [wait is over]`; several guards of one signal stand together: `[failure rate or slow call rate reached]`. */
  labels: string[]
  /** Words of further states that the same signals lead from: said instead of drawn, or the arrows would hide the chart. */
  alsoFrom: string[]
}

/** What can be drawn of a machine. */
export interface Chart {
  states: ChartState[]
  edges: ChartEdge[]
  /** Where one gets from every state, and on which signals. */
  anywhere: { to: string; labels: string[] }[]
  /** States left out because they are minor. */
  hiddenCount: number
}

export interface ChartOptions {
  /** Draw minor states too. */
  showAll: boolean
  /** Drawn even when minor: where the machine is now. */
  current: string | undefined
}

type Looks = Readonly<Record<string, StateLook>>

interface Way {
  /** Empty for ways taken at once. */
  signal: string
  /** The guard in words; empty for ways without one. */
  guard: string
  from: AnyStateNode
  to: AnyStateNode | undefined
}

/** The chart of a machine, read from the machine itself. Order is the machine's own. */
export function chartOf(machine: AnyStateMachine, looks: Looks, { showAll, current }: ChartOptions): Chart {
  const nodes = descendants(machine.root)
  const isHidden = (node: AnyStateNode): boolean => !showAll && looks[idOf(node)]?.minor === true && idOf(node) !== current
  const shown = nodes.filter((node) => !isHidden(node))
  const ways = shown.flatMap(waysFrom)
  return {
    states: shown.map((node) => toState(node, looks, ways)),
    edges: gatherEdges(mergeEdges(ways, isHidden), new Map(shown.map((node) => [idOf(node), node])), looks),
    anywhere: fromAnywhere(machine.root, looks, isHidden),
    hiddenCount: nodes.length - shown.length,
  }
}

/** `up.busy` for a state node; '' for the root. */
function idOf(node: AnyStateNode): string {
  return node.path.join('.')
}

/** All states below a node, frames before what they hold. */
function descendants(node: AnyStateNode): AnyStateNode[] {
  return childrenOf(node).flatMap((child) => [child, ...descendants(child)])
}

function childrenOf(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states as Record<string, AnyStateNode>)
}

/** A row of an outline: the states that stand in one frame. */
export interface OutlineRow {
  /** Id of the frame; '' for states in none. */
  id: string
  /** How deep the frame stands in others, from 0. */
  depth: number
  title: string
  states: { id: string; word: string; tone: StateLook['tone'] }[]
}

/** A machine's states frame by frame, in its own order; those in no frame last. For machines too large for a chart. */
export function outlineOf(machine: AnyStateMachine, looks: Looks): OutlineRow[] {
  const rowsOf = (node: AnyStateNode, depth: number): OutlineRow[] => {
    const children = childrenOf(node)
    const states = children.filter((child) => childrenOf(child).length === 0).map((leaf) => ({ id: idOf(leaf), word: wordOf(leaf, looks), tone: looks[idOf(leaf)]?.tone ?? 'neutral' }))
    const inner = children.filter((child) => childrenOf(child).length > 0).flatMap((child) => rowsOf(child, depth + 1))
    const own: OutlineRow = { id: idOf(node), depth, title: depth < 0 ? '' : node.key, states }
    return depth < 0 ? [...inner, own] : [own, ...inner]
  }
  return rowsOf(machine.root, -1)
}

/** Where one gets from a state, frames' own ways included, in words: `charge_customer`, `Parked`. */
export function waysOn(machine: AnyStateMachine, id: string, looks: Looks): { to: string; labels: string[] }[] {
  const node = descendants(machine.root).find((one) => idOf(one) === id)
  const ways = node ? [node, ...framesOf(node)].flatMap(waysFrom) : []
  const targets = [...new Set(ways.flatMap(({ to }) => (to && to !== node ? [to] : [])))]
  return targets.map((to) => {
    const toward = ways.filter((way) => way.to === to)
    const signals = unique(toward.map(({ signal }) => signal))
    const labels = signals.map((signal) => labelOf(signal, toward.filter((way) => way.signal === signal).map(({ guard }) => guard)))
    const word = childrenOf(to).length > 0 ? to.key : wordOf(to, looks)
    return { to: to.parent?.parent && to.parent !== node?.parent ? `${to.parent.key}: ${word}` : word, labels }
  })
}

function framesOf({ parent }: AnyStateNode): AnyStateNode[] {
  return parent?.parent ? [parent, ...framesOf(parent)] : []
}

function waysFrom(node: AnyStateNode): Way[] {
  const transitions = [...[...node.transitions.values()].flat(), ...(node.always ?? [])]
  return transitions.flatMap((transition): Way[] => {
    const signal = signalOf(transition.eventType)
    const way = { signal, guard: spaced(guardName(transition.guard)), from: node }
    const targets: readonly AnyStateNode[] = transition.target ?? []
    return targets.length > 0 ? targets.map((to) => ({ ...way, to })) : [{ ...way, to: undefined }]
  })
}

function toState(node: AnyStateNode, looks: Looks, ways: readonly Way[]): ChartState {
  const parent = node.parent?.parent ? node.parent : undefined
  const isInitial = initialOf(node.parent) === node && (!parent || initialOf(parent.parent) === parent)
  return {
    id: idOf(node),
    word: wordOf(node, looks),
    tone: looks[idOf(node)]?.tone ?? 'neutral',
    parent: parent && idOf(parent),
    isFrame: childrenOf(node).length > 0,
    isInitial: isInitial && childrenOf(node).length === 0,
    stays: unique(ways.filter((way) => way.from === node && way.signal !== '' && (way.to === undefined || way.to === node)).map((way) => way.signal)),
  }
}

function initialOf(node: AnyStateNode | undefined): AnyStateNode | undefined {
  return node && childrenOf(node).length > 0 ? (node.initial.target as readonly AnyStateNode[])[0] : undefined
}

/** One edge per pair. A way into a hidden state ends at its frame, and is left out where there is none. */
function mergeEdges(ways: readonly Way[], isHidden: (node: AnyStateNode) => boolean): ChartEdge[] {
  const edges = new Map<string, { from: string; to: string; guards: Map<string, string[]> }>()
  for (const way of ways) {
    const to = way.to && isHidden(way.to) ? way.to.parent : way.to
    if (!to || to === way.from || to === way.from.parent || !to.parent) continue
    const pair = { from: idOf(way.from), to: idOf(to) }
    const key = `${pair.from} ${pair.to}`
    const edge = edges.get(key) ?? { ...pair, guards: new Map<string, string[]>() }
    edge.guards.set(way.signal, [...(edge.guards.get(way.signal) ?? []), way.guard])
    edges.set(key, edge)
  }
  return [...edges.values()].map(({ from, to, guards }) => ({
    from, to, alsoFrom: [], labels: [...guards].map(([signal, names]) => labelOf(signal, names)),
  }))
}

/** What the machine itself takes, whatever its state. */
function fromAnywhere(root: AnyStateNode, looks: Looks, isHidden: (node: AnyStateNode) => boolean): Chart['anywhere'] {
  const labels = new Map<string, string[]>()
  for (const { to, signal, guard } of waysFrom(root)) {
    if (!to || isHidden(to)) continue
    const word = wordOf(to, looks)
    labels.set(word, [...(labels.get(word) ?? []), labelOf(signal, [guard])])
  }
  return [...labels].map(([to, list]) => ({ to, labels: list }))
}

/** What leads from a frame to a state, and likewise from states beside the frame, becomes one arrow. */
function gatherEdges(edges: readonly ChartEdge[], nodes: ReadonlyMap<string, AnyStateNode>, looks: Looks): ChartEdge[] {
  const isFrame = (id: string): boolean => childrenOf(nodes.get(id)!).length > 0
  const main = (edge: ChartEdge): ChartEdge =>
    edges.find((one) => isFrame(one.from) && one.to === edge.to && one.labels.join() === edge.labels.join()) ?? edge
  return edges
    .filter((edge) => main(edge) === edge)
    .map((edge) => {
      const others = edges.filter((one) => one !== edge && main(one) === edge)
      return { ...edge, alsoFrom: others.map((one) => wordOf(nodes.get(one.from)!, looks)) }
    })
}

/** `xstate.after.waitInOpen.circuitBreaker.OPEN` is a timer; an empty type is a way taken at once when its guard holds. */
function signalOf(eventType: string): string {
  const delay = /^xstate\.after\.([^.]+)/.exec(eventType)?.[1]
  if (delay === undefined) return eventType
  return /^\d+$/.test(delay) ? `after ${delay} ms` : `after ${spaced(delay)}`
}

/** `ACQUIRE [wait is over]`; a signal that also has a way without a guard needs none. */
function labelOf(signal: string, guards: readonly string[]): string {
  const guard = guards.includes('') ? '' : `[${joined(unique(guards))}]`
  return [signal, guard].filter(Boolean).join(' ') || 'at once'
}

/** `failure rate reached`, `slow call rate reached` as `failure rate or slow call rate reached`. */
function joined(guards: readonly string[]): string {
  const words = guards.map((guard) => guard.split(' '))
  const last = words[0]?.at(-1) ?? ''
  const sharesEnd = words.length > 1 && words.every((list) => list.length > 1 && list.at(-1) === last)
  return sharesEnd ? `${words.map((list) => list.slice(0, -1).join(' ')).join(' or ')} ${last}` : guards.join(' or ')
}

function guardName(guard: unknown): string {
  if (typeof guard === 'string') return guard
  if (typeof guard === 'object' && guard !== null && 'type' in guard) return String(guard.type)
  return guard === undefined ? '' : 'condition'
}

/** `failureRateReached` as people say it: `failure rate reached`. */
function spaced(name: string): string {
  return name.replaceAll(/([a-z\d])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
}

function wordOf(node: AnyStateNode, looks: Looks): string {
  const known = looks[idOf(node)]?.word
  return known ?? node.key.charAt(0).toUpperCase() + node.key.slice(1)
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)]
}
