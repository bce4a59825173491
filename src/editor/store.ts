import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Blueprint } from '../model/blueprint.ts'
import { applyCommand } from './apply.ts'
import { addedIds, commandLabel, type Command } from './commands.ts'

const HISTORY_MAX = 200
const SELECTS_WHAT_IT_ADDS: ReadonlySet<Command['type']> = new Set(['add-node', 'add-note', 'duplicate', 'paste', 'insert'])

interface Here {
  blueprint: Blueprint
  scenario: string | undefined
  /** Changes whenever another drawing is opened, and back when that is undone. */
  drawing: number
}

interface Step extends Here {
  label: string
}

/** The drawing being edited, what is selected, and the way back. Holds nothing of the run. */
export interface EditorState extends Here {
  /** Id of the built-in scenario it came from. */
  scenario: string | undefined
  /** The one selected node, for whoever tells about one. */
  selection: string | undefined
  /** Ids of everything selected: nodes, edges, notes. */
  selected: readonly string[]
  past: readonly Step[]
  future: readonly Step[]
  /** Changes the blueprint in one undoable step. Commands with the same `group` in a row count as one step. */
  dispatch: (command: Command, group?: string) => void
  undo: () => void
  redo: () => void
  select: (node: string | undefined) => void
  /** Selects any number of nodes, edges and notes. */
  selectMany: (ids: readonly string[]) => void
  /** Opens another blueprint; an undoable step like any other. */
  open: (blueprint: Blueprint, scenario: string | undefined) => void
}

export type EditorStore = StoreApi<EditorState>

export function createEditorStore(blueprint: Blueprint, scenario: string | undefined): EditorStore {
  let lastGroup: string | undefined
  let drawings = 1
  return createStore<EditorState>()((set, get) => ({
    blueprint,
    scenario,
    drawing: 1,
    ...selecting(blueprint, [blueprint.lesson?.protagonist]),
    past: [],
    future: [],
    dispatch(command, group) {
      const state = get()
      const next = applyCommand(state.blueprint, command)
      if (next === state.blueprint) return
      const continues = group !== undefined && group === lastGroup && state.past.length > 0
      const step = stepFrom(state, commandLabel(command))
      lastGroup = group
      const wanted = SELECTS_WHAT_IT_ADDS.has(command.type) ? addedIds(state.blueprint, next) : state.selected
      set({
        blueprint: next,
        past: continues ? state.past : [...state.past, step].slice(-HISTORY_MAX),
        future: [],
        ...kept(state, selecting(next, wanted)),
      })
    },
    undo() {
      const state = get()
      const step = state.past.at(-1)
      if (!step) return
      lastGroup = undefined
      set({ ...arrived(state, step), past: state.past.slice(0, -1), future: [...state.future, stepFrom(state, step.label)] })
    },
    redo() {
      const state = get()
      const step = state.future.at(-1)
      if (!step) return
      lastGroup = undefined
      set({ ...arrived(state, step), future: state.future.slice(0, -1), past: [...state.past, stepFrom(state, step.label)] })
    },
    select(node) {
      get().selectMany(node === undefined ? [] : [node])
    },
    selectMany(ids) {
      set(kept(get(), selecting(get().blueprint, ids)))
    },
    open(opened, from) {
      lastGroup = undefined
      const step = stepFrom(get(), `opening of ${opened.name}`)
      drawings += 1
      set({
        blueprint: opened,
        scenario: from,
        drawing: drawings,
        ...selecting(opened, [opened.lesson?.protagonist]),
        past: [...get().past, step].slice(-HISTORY_MAX),
        future: [],
      })
    },
  }))
}

function stepFrom({ blueprint, scenario, drawing }: Here, label: string): Step {
  return { blueprint, scenario, drawing, label }
}

function arrived(state: EditorState, { blueprint, scenario, drawing }: Step): Here & Selecting {
  return { blueprint, scenario, drawing, ...kept(state, selecting(blueprint, state.selected)) }
}

type Selecting = Pick<EditorState, 'selection' | 'selected'>

/** Selects what there is of `ids`. */
function selecting({ nodes, edges, notes = [] }: Blueprint, ids: readonly (string | undefined)[]): Selecting {
  const there = new Set([...nodes, ...edges, ...notes].map(({ id }) => id))
  const selected = [...new Set(ids)].filter((id): id is string => id !== undefined && there.has(id))
  const [only] = selected
  const isOneNode = selected.length === 1 && nodes.some(({ id }) => id === only)
  return { selected, selection: isOneNode ? only : undefined }
}

/** The list keeps its identity while it holds the same. */
function kept(before: Selecting, now: Selecting): Selecting {
  const same = before.selected.length === now.selected.length && before.selected.every((id, index) => id === now.selected[index])
  return same ? { ...now, selected: before.selected } : now
}
