import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Command } from '../../editor/commands.ts'
import type { FaultPlace } from '../../editor/faults.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import type { Problem } from '../../model/problem.ts'

/** One thing that was changed to see what difference it makes, and the way back. */
export interface Compared {
  node: string
  /** "Without Payment breaker", "With 2 attempts". */
  change: string
  back: Command
  backLabel: string
}

export type DialogName = 'share' | 'commands' | 'keys' | 'connect' | 'drawings' | 'name' | 'advice' | 'breakpoints' | 'follow' | 'unkept'

interface Point {
  x: number
  y: number
}

export interface OpenMenu {
  screen: Point
  /** Where that is on the drawing. */
  place: Point
  ids: readonly string[]
  from?: string
}

/** What the page itself remembers: neither the drawing's nor the run's. */
export interface Shell {
  tab: 'inspect' | 'code' | 'text' | 'log'
  /** The code takes most of the room while it is shown. */
  wideCode: boolean
  /** The request whose way is shown in place of the log's rows. */
  sequence: number | undefined
  /** Node ids lit by the lesson; keeps its identity while it stays the same. */
  spotlight: readonly string[]
  compared: Compared | undefined
  /** The difference between the run and its ghost in one sentence, once it can be said. */
  difference: string | undefined
  /** The node whose name is being typed on the canvas. */
  renaming: string | undefined
  /** A menu that is open on the canvas: on `ids`, or on what to add after `from`. */
  menu: OpenMenu | undefined
  /** A fault that is being changed, or whose menu is open there on the window. */
  fault: { place: FaultPlace; menuAt?: Point } | undefined
  /** What was refused just now, and why. */
  said: string | undefined
  /** The browser could not keep the drawing as it stands. */
  unkept: boolean
  /** What is asked or shown in front of the page. */
  dialog: DialogName | undefined
  /** The lab is open. */
  lab: boolean
  /** The drawing that a run of the lab stands in for, and its playhead: what "back" leads to. */
  visitFrom: { blueprint: Blueprint; playheadUs: number } | undefined
  /** Why a file, or a link in the address, was not opened. */
  refused: { name: string; problems: readonly Problem[]; byLink?: boolean } | undefined
}

export type ShellStore = StoreApi<Shell>

export function createShell(): ShellStore {
  return createStore<Shell>()(() => ({
    tab: 'inspect',
    wideCode: false,
    sequence: undefined,
    spotlight: [],
    compared: undefined,
    difference: undefined,
    renaming: undefined,
    menu: undefined,
    fault: undefined,
    said: undefined,
    unkept: false,
    dialog: undefined,
    lab: false,
    visitFrom: undefined,
    refused: undefined,
  }))
}

/** Lights these nodes and dims the others; an empty list lights everything. */
export function spotlight(shell: ShellStore, ids: readonly string[]): void {
  const now = shell.getState().spotlight
  const same = now.length === ids.length && now.every((id, index) => id === ids[index])
  if (!same) shell.setState({ spotlight: [...ids] })
}
