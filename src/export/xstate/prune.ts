import { findMachines } from '../../patterns/machines.ts'
import type { Plain, PlainObject } from './literal.ts'

/** What a machine has and the code around it never needs, by name. States that nothing leads to any more go with it. */
export interface Omissions {
  events: readonly string[]
  /** Ways that have one of these guards, or lead to one of these targets, are never taken. */
  guards: readonly string[]
  targets: readonly string[]
  /** What only tells or counts. */
  actions: readonly string[]
}

interface Way {
  target?: string
  guard?: Plain
  actions?: Plain | readonly Plain[]
}

/** A state of a machine's config, as far as machines here go. */
export interface StateConfig {
  readonly id?: string
  readonly initial?: string
  readonly type?: string
  readonly entry?: Way['actions']
  readonly on?: Readonly<Record<string, unknown>>
  readonly always?: unknown
  readonly after?: Readonly<Record<string, unknown>>
  readonly states?: Readonly<Record<string, StateConfig>>
}

/** The config of the machine that runs: a kind's own, or that of which every piece of its work is an instance. */
export function machineConfig(kind: string, settings: unknown): StateConfig {
  const machines = findMachines(kind)
  if (!machines) throw new Error('the kind has a machine')
  return (machines.instanceMachine ?? machines.machine)(settings).config as StateConfig
}

/** The config without what is never needed, as data for a literal. Functions, such as a context's, are not in it. */
export function pruned(config: StateConfig, omissions: Omissions): PlainObject {
  const rest = withoutOmitted(config, omissions)
  return onlyReached(rest, '', reachedPaths(rest))
}

/** Guards and actions of a chart, by name. */
export interface Names {
  guards: ReadonlySet<string>
  actions: ReadonlySet<string>
}

export function namesIn(chart: PlainObject): Names {
  const guards = new Set<string>()
  const actions = new Set<string>()
  const visit = (state: PlainObject): void => {
    for (const { guard, actions: does } of waysOf(state)) {
      if (guard !== undefined) guards.add(nameOf(guard))
      for (const action of asList(does)) actions.add(nameOf(action))
    }
    for (const action of asList(state['entry'] as Way['actions'])) actions.add(nameOf(action))
    for (const inner of Object.values(statesOf(state))) visit(inner)
  }
  visit(chart)
  return { guards, actions }
}

function withoutOmitted(state: StateConfig, omissions: Omissions): PlainObject {
  const { events } = omissions
  const keptOf = (config: Readonly<Record<string, unknown>> = {}): PlainObject | undefined => {
    const ways = Object.entries(config).flatMap(([event, transitions]): [string, Plain][] => {
      const kept = events.includes(event) ? undefined : keptWays(transitions, omissions)
      return kept === undefined ? [] : [[event, kept]]
    })
    return ways.length > 0 ? Object.fromEntries(ways) : undefined
  }
  const { id, initial, type, entry, on, always, after, states } = state
  return {
    id, initial, type,
    entry: keptActions(entry, omissions),
    on: keptOf(on),
    always: keptWays(always, omissions),
    after: keptOf(after),
    states: states && Object.fromEntries(Object.entries(states).map(([name, inner]) => [name, withoutOmitted(inner, omissions)])),
  }
}

/** Ways that may be taken and do something; undefined where there are none. */
function keptWays(transitions: unknown, omissions: Omissions): Plain | undefined {
  const ways = asList(transitions as Way | readonly Way[]).flatMap(({ guard, target, actions }): PlainObject[] => {
    const isNeverTaken = omits(omissions.guards, guard) || omissions.targets.some((one) => one === target)
    return isNeverTaken ? [] : [{ guard, target, actions: keptActions(actions, omissions) }]
  })
  return ways.every(({ target, actions }) => target === undefined && actions === undefined) ? undefined : alone(ways)
}

function keptActions(actions: Way['actions'], omissions: Omissions): Plain | undefined {
  return alone(asList(actions).filter((action) => !omits(omissions.actions, action)))
}

function omits(names: readonly string[], part: Plain | undefined): boolean {
  return part !== undefined && names.includes(nameOf(part))
}

/** The name of a guard or an action, which may have parameters. */
function nameOf(part: Plain): string {
  return typeof part === 'string' ? part : (part as { type: string }).type
}

/** The states that can ever be entered, as dotted paths; the root's is empty. */
function reachedPaths(root: PlainObject): ReadonlySet<string> {
  const reached = new Set<string>()
  const enter = (path: string): void => {
    if (reached.has(path)) return
    reached.add(path)
    const outer = outerOf(path)
    if (path !== '') enter(outer)
    const state = stateAt(root, path)
    const initial = state['initial']
    // Whoever goes straight to a state within never takes the initial one: still it is there, so that the chart is whole.
    if (typeof initial === 'string') enter(joined(path, initial))
    for (const { target } of waysOf(state)) {
      if (target === undefined) continue
      if (target.startsWith('#')) enter(target.includes('.') ? target.slice(target.indexOf('.') + 1) : '')
      else enter(target.startsWith('.') ? joined(path, target.slice(1)) : joined(outer, target))
    }
  }
  enter('')
  return reached
}

function onlyReached(state: PlainObject, path: string, reached: ReadonlySet<string>): PlainObject {
  const inner = Object.entries(statesOf(state)).flatMap(([name, one]): [string, PlainObject][] => {
    const at = joined(path, name)
    return reached.has(at) ? [[name, onlyReached(one, at, reached)]] : []
  })
  return { ...state, states: inner.length > 0 ? Object.fromEntries(inner) : undefined }
}

function stateAt(root: PlainObject, path: string): PlainObject {
  return path === '' ? root : path.split('.').reduce((state, name) => statesOf(state)[name] ?? {}, root)
}

function statesOf(state: PlainObject): Readonly<Record<string, PlainObject>> {
  return (state['states'] ?? {}) as Readonly<Record<string, PlainObject>>
}

function waysOf({ on, always, after }: PlainObject): Way[] {
  const ways = [...Object.values((on ?? {}) as PlainObject), always, ...Object.values((after ?? {}) as PlainObject)]
  return ways.flatMap((way) => asList(way as Way | readonly Way[] | undefined))
}

function outerOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as readonly T[]) : [value as T]
}

/** One is written without a list around it. */
function alone(list: readonly Plain[]): Plain | undefined {
  return list.length > 1 ? list : list[0]
}
