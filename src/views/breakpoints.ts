import { findPattern } from '../patterns/index.ts'
import type { MomentSpec } from '../patterns/pattern.ts'
import { breakpointKey, type Breakpoint } from '../trace/breakpoints.ts'

/** Something at a node of some kind at which a run can be made to stop. */
export interface Choice {
  id: string
  /** "Open" for a state, "A request fails" for a moment. */
  label: string
  isState: boolean
  /** The number it is about, and its bounds. */
  amount: MomentSpec['amount']
  what: Breakpoint['what']
}

/** All that a run can stop at where a node of this kind is, states first. */
export function choicesOf(kind: string): Choice[] {
  const pattern = findPattern(kind)
  const states = Object.entries(pattern?.states ?? {}).map(([state, { word }]): Choice => ({ id: `state ${state}`, label: word, isState: true, amount: undefined, what: { state } }))
  const moments = (pattern?.moments ?? []).map(({ type, label, amount }): Choice => ({ id: `moment ${type}`, label, isState: false, amount, what: { moment: type, amount: amount?.default ?? 0 } }))
  return [...states, ...moments]
}

/** The same at another number. */
export function withAmount(what: Breakpoint['what'], amount: number): Breakpoint['what'] {
  return 'state' in what ? what : { ...what, amount }
}

/** What a breakpoint waits for, after "stop when it": "becomes Open", "lag goes above 20 events". */
export function waitsFor(kind: string, what: Breakpoint['what']): string {
  const pattern = findPattern(kind)
  if ('state' in what) return `becomes ${pattern?.states[what.state]?.word ?? what.state}`
  const spec = pattern?.moments?.find(({ type }) => type === what.moment)
  const label = spec?.label ?? what.moment
  return spec?.amount ? `${label} ${what.amount} ${spec.amount.unit}` : label
}

/** What happened when it stopped: "became Open" after the node's name, "lag went above 20 events" after its name and a colon. */
export function whatHappened(kind: string, what: Breakpoint['what']): string {
  const pattern = findPattern(kind)
  if ('state' in what) return `became ${pattern?.states[what.state]?.word ?? what.state}`
  return pattern?.moments?.find(({ type }) => type === what.moment)?.words(what.amount) ?? what.moment
}

/** What stopped a run, in a sentence: "guard became Open.", "web: a request failed." */
export function stopSentence(name: string, kind: string, what: Breakpoint['what'] | undefined): string {
  if (what === undefined) return `${name} came to a breakpoint.`
  return 'state' in what ? `${name} ${whatHappened(kind, what)}.` : `${name}: ${whatHappened(kind, what)}.`
}

/** Adds a breakpoint that is on; one that was there already is on afterwards. */
export function added(all: readonly Breakpoint[], node: string, what: Breakpoint['what']): Breakpoint[] {
  const key = breakpointKey({ node, what })
  const isKnown = all.some((one) => breakpointKey(one) === key)
  return isKnown ? all.map((one) => (breakpointKey(one) === key ? { ...one, isOff: false } : one)) : [...all, { node, what, isOff: false }]
}

/** Takes one away. */
export function removed(all: readonly Breakpoint[], key: string): Breakpoint[] {
  return all.filter((one) => breakpointKey(one) !== key)
}

/** Turns one on or off. */
export function turned(all: readonly Breakpoint[], key: string, isOff: boolean): Breakpoint[] {
  return all.map((one) => (breakpointKey(one) === key ? { ...one, isOff } : one))
}
