import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Blueprint } from '../model/blueprint.ts'
import { applyCommand, commandLabel, type Command } from './commands.ts'

const HISTORY_MAX = 200

interface Step {
  blueprint: Blueprint
  scenario: string | undefined
  label: string
}

/** The drawing being edited, what is selected, and the way back. Holds nothing of the run. */
export interface EditorState {
  blueprint: Blueprint
  /** Id of the built-in scenario it came from. */
  scenario: string | undefined
  /** Selected node. */
  selection: string | undefined
  past: readonly Step[]
  future: readonly Step[]
  /** Changes the blueprint in one undoable step. Commands with the same `group` in a row count as one step. */
  dispatch(command: Command, group?: string): void
  undo(): void
  redo(): void
  select(node: string | undefined): void
  /** Opens another blueprint; an undoable step like any other. */
  open(blueprint: Blueprint, scenario: string | undefined): void
}

export type EditorStore = StoreApi<EditorState>

export function createEditorStore(blueprint: Blueprint, scenario: string | undefined): EditorStore {
  let lastGroup: string | undefined
  return createStore<EditorState>()((set, get) => ({
    blueprint,
    scenario,
    selection: blueprint.lesson?.protagonist,
    past: [],
    future: [],
    dispatch(command, group) {
      const state = get()
      const next = applyCommand(state.blueprint, command)
      if (next === state.blueprint) return
      const continues = group !== undefined && group === lastGroup
      const step = { blueprint: state.blueprint, scenario: state.scenario, label: commandLabel(command) }
      lastGroup = group
      set({ blueprint: next, past: continues ? state.past : [...state.past, step].slice(-HISTORY_MAX), future: [] })
    },
    undo() {
      const { past, future, blueprint: now, scenario: from } = get()
      const step = past.at(-1)
      if (!step) return
      lastGroup = undefined
      const here = { blueprint: now, scenario: from, label: step.label }
      set({ blueprint: step.blueprint, scenario: step.scenario, past: past.slice(0, -1), future: [...future, here] })
    },
    redo() {
      const { past, future, blueprint: now, scenario: from } = get()
      const step = future.at(-1)
      if (!step) return
      lastGroup = undefined
      const here = { blueprint: now, scenario: from, label: step.label }
      set({ blueprint: step.blueprint, scenario: step.scenario, future: future.slice(0, -1), past: [...past, here] })
    },
    select(node) {
      set({ selection: node })
    },
    open(opened, from) {
      lastGroup = undefined
      const { past, blueprint: now, scenario: here } = get()
      const step = { blueprint: now, scenario: here, label: `opening of ${opened.name}` }
      set({
        blueprint: opened,
        scenario: from,
        selection: opened.lesson?.protagonist,
        past: [...past, step].slice(-HISTORY_MAX),
        future: [],
      })
    },
  }))
}
