import type { AnyStateMachine } from 'xstate'

interface Way {
  target?: string
  guard?: unknown
  actions?: unknown
}

interface State {
  type?: string
  initial?: string
  entry?: unknown
  on?: Record<string, unknown>
  always?: unknown
  after?: Record<string, unknown>
  states?: Record<string, State>
}

/**
 * A machine as lines: one for each state and one for each way out of it, in order, with guard, target, actions and all
 * parameters. Actions of these names are left out; so are ways that do nothing without them.
 */
export function machineLines(machine: AnyStateMachine, without: readonly string[] = []): string[] {
  const told = (action: unknown): boolean => !without.includes(typeof action === 'string' ? action : (action as { type: string }).type)
  const actionsOf = (actions: unknown): string => JSON.stringify([actions ?? []].flat().filter(told))
  const waysOf = (path: string, event: string, ways: unknown): string[] =>
    [ways ?? []].flat().flatMap((way) => {
      const { guard, target, actions } = way as Way
      const does = actionsOf(actions)
      return target === undefined && does === '[]' ? [] : [`${path} | ${event} | if ${JSON.stringify(guard) ?? 'true'} -> ${target ?? '(stays)'} ${does}`]
    })
  const linesOf = (path: string, state: State): string[] => [
    `${path} | ${state.type ?? ''} ${state.initial ?? ''} ${actionsOf(state.entry)}`,
    ...Object.entries(state.on ?? {}).flatMap(([event, ways]) => waysOf(path, event, ways)),
    ...waysOf(path, 'always', state.always),
    ...Object.entries(state.after ?? {}).flatMap(([delay, ways]) => waysOf(path, `after ${delay}`, ways)),
    ...Object.entries(state.states ?? {}).flatMap(([name, inner]) => linesOf(`${path}.${name}`, inner)),
  ]
  return linesOf('', machine.config as State)
}
