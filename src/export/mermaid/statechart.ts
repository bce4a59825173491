import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { code, type Code } from '../print.ts'
import { durationWords } from '../words.ts'
import { mermaidText } from './text.ts'

const LABEL_WIDTH = 200

/** A way from one state to another: on a signal, under a condition; both are empty where there is none. */
interface Arrow {
  from: AnyStateNode
  to: AnyStateNode
  signal: string
  condition: string
}

/**
 * A machine's chart, from its initial state on; undefined when it never leaves that. What is done by hand, in any state
 * alike, is left out. Mermaid draws no arrow out of a frame, so those start and end at the frames themselves.
 */
export function statechart(machine: AnyStateMachine): Code | undefined {
  const arrows = descendants(machine.root).flatMap(arrowsFrom)
  const states = reachable(machine.root, arrows)
  if (states.length < 2) return undefined
  const names = new Map(states.map((state, index) => [state, code`s${index}`]))
  return code`
    stateDiagram-v2
      ${frame(machine.root, names, arrows.flatMap(sideBySide))}
  `
}

function frame(of: AnyStateNode, names: ReadonlyMap<AnyStateNode, Code>, arrows: readonly Arrow[]): Code {
  const states = childrenOf(of).filter((state) => names.has(state))
  const initial = initialOf(of)
  return code`
    ${states.map((state) => drawn(state, names, arrows))}
    ${initial && code`[*] --> ${names.get(initial)}`}
    ${states.map((state) => arrowsOf(state, names, arrows))}
    ${states.filter(({ type }) => type === 'final').map((state) => code`${names.get(state)} --> [*]`)}
  `
}

/** All ways out of a state, those to the same state as one. */
function arrowsOf(state: AnyStateNode, names: ReadonlyMap<AnyStateNode, Code>, arrows: readonly Arrow[]): Code[] {
  const out = arrows.filter(({ from }) => from === state)
  return [...new Set(out.map(({ to }) => to))].map((target) => {
    const ways = out.filter(({ to }) => to === target)
    return code`${names.get(state)} --> ${names.get(target)}: ${mermaidText(labelOf(ways), LABEL_WIDTH)}`
  })
}

/** `failure, abort if sent or not sent`: each signal with its conditions; none where it leads there without one, too. */
function labelOf(ways: readonly Arrow[]): string {
  const signals = [...new Set(ways.map(({ signal }) => signal))]
  const words = signals.map((signal) => {
    const conditions = new Set(ways.filter((way) => way.signal === signal).map(({ condition }) => condition))
    const condition = conditions.has('') ? '' : [...conditions].join(' or ')
    return [signal, condition].filter((word) => word !== '').join(' if ') || 'otherwise'
  })
  return words.join(', ')
}

function drawn(state: AnyStateNode, names: ReadonlyMap<AnyStateNode, Code>, arrows: readonly Arrow[]): Code {
  const head = code`state "${mermaidText(state.key)}" as ${names.get(state)}`
  if (childrenOf(state).length === 0) return head
  return code`
    ${head} {
      ${frame(state, names, arrows)}
    }
  `
}

function arrowsFrom(state: AnyStateNode): Arrow[] {
  const transitions = [...[...state.transitions.values()].flat(), ...(state.always ?? [])]
  return transitions.flatMap(({ eventType, guard, target }) => {
    const targets: readonly AnyStateNode[] = target ?? []
    return targets.map((to) => ({ from: state, to, signal: signalWords(eventType), condition: guardWords(guard) }))
  })
}

/** The same way between the two outermost states that differ. */
function sideBySide(arrow: Arrow): Arrow[] {
  const [outward, inward] = [lineOf(arrow.from), lineOf(arrow.to)]
  const fork = outward.findIndex((state, index) => state !== inward[index])
  const [from, to] = [outward[fork], inward[fork]]
  return from && to ? [{ ...arrow, from, to }] : []
}

/** A state and what it stands in, outermost first. */
function lineOf(state: AnyStateNode): AnyStateNode[] {
  return state.parent?.parent ? [...lineOf(state.parent), state] : [state]
}

/** States that can be got into, each with what it stands in and what it begins with. */
function reachable(root: AnyStateNode, arrows: readonly Arrow[]): AnyStateNode[] {
  const found = new Set<AnyStateNode>([root])
  // A set goes on to what is added to it meanwhile.
  for (const state of found) {
    const initial = initialOf(state)
    const next = arrows.filter(({ from }) => from === state).flatMap(({ to }) => lineOf(to))
    for (const one of initial ? [initial, ...next] : next) found.add(one)
  }
  return descendants(root).filter((state) => found.has(state))
}

function descendants(state: AnyStateNode): AnyStateNode[] {
  return childrenOf(state).flatMap((child) => [child, ...descendants(child)])
}

function childrenOf(state: AnyStateNode): AnyStateNode[] {
  return Object.values(state.states as Record<string, AnyStateNode>)
}

function initialOf(state: AnyStateNode): AnyStateNode | undefined {
  return childrenOf(state).length > 0 ? (state.initial.target as readonly AnyStateNode[])[0] : undefined
}

/** A timer's own name says where it stands: `xstate.after.900.breaker.HALF_OPEN`. Empty for ways taken at once. */
function signalWords(eventType: string): string {
  const delay = /^xstate\.after\.([^.]+)/.exec(eventType)?.[1]
  if (delay === undefined) return eventType.toLowerCase()
  return /^\d+$/.test(delay) ? `after ${durationWords(Number(delay))}` : `after ${spaced(delay)}`
}

function guardWords(guard: unknown): string {
  const name = typeof guard === 'object' && guard !== null && 'type' in guard ? guard.type : guard
  if (name === undefined) return ''
  return typeof name === 'string' ? spaced(name).replace(/^is /, '') : 'condition'
}

/** `failureRateReached` as people say it. */
function spaced(name: string): string {
  return name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase()
}
