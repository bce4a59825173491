import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import type { Ablation } from '../../patterns/experiments.ts'
import { findPattern } from '../../patterns/index.ts'
import { faultMatrix, whyNotStarting, type FaultMatrix } from '../matrix.ts'
import type { AblationRow, CellResult, LabJob, LabResult } from '../types.ts'
import { doJobs } from './pool.ts'

/** Where one of the two experiments stands. */
export interface Progress {
  status: 'idle' | 'running' | 'done' | 'cancelled'
  done: number
  total: number
}

/** All that the lab shows of a node. Replaced as a whole with every change. */
export interface LabState {
  node: BlueprintNode
  matrix: FaultMatrix
  /** By row and mishap; undefined where nothing is known yet, or there is no cell. */
  cells: readonly (readonly (CellResult | undefined)[])[]
  matrixProgress: Progress
  ablation: Ablation
  /** Why the ablation cannot be run; undefined when it can. */
  ablationRefused: string | undefined
  /** By combination. */
  rows: readonly (AblationRow | undefined)[]
  ablationProgress: Progress
  /** Set when a worker failed; a sentence for people. */
  trouble: string | undefined
}

const IDLE: Progress = { status: 'idle', done: 0, total: 0 }

/** Experiments with one node of a drawing, on the page's side: plans them, has workers run them, keeps what came of them. */
export class Laboratory {
  #state: LabState
  readonly #listeners = new Set<() => void>()
  #cancelMatrix: (() => void) | undefined
  #cancelAblation: (() => void) | undefined

  /** @param node of a kind that has experiments. */
  constructor(blueprint: Blueprint, node: BlueprintNode) {
    const { ablation } = findPattern(node.kind)!.experiments!
    const matrix = faultMatrix(blueprint, node.id)
    const steps = ablation.steps(node.config).length
    const tooMany = `This saga calls participants in ${steps} steps; with ${ablation.outcomes.length} outcomes each there are too many schedules. At most ${ablation.stepsMax} steps can be tried.`
    this.#state = {
      node,
      matrix,
      cells: matrix.rows.map(({ cells }) => cells.map(() => undefined)),
      matrixProgress: IDLE,
      ablation,
      ablationRefused: whyNotStarting(node) ?? (steps > ablation.stepsMax ? tooMany : undefined),
      rows: ablation.combinations.map(() => undefined),
      ablationProgress: IDLE,
      trouble: undefined,
    }
  }

  getState = (): LabState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Runs the cells that are not known yet. */
  runMatrix(): void {
    const { matrix, cells, node, matrixProgress } = this.#state
    if (matrixProgress.status === 'running' || matrixProgress.status === 'done') return
    const places = matrix.rows.flatMap((row, rowIndex) =>
      row.cells.flatMap((cell, column) => ('reason' in cell || cells[rowIndex]![column] ? [] : [{ rowIndex, column, cell }])),
    )
    const jobs = places.map(({ cell }): LabJob => ({ what: 'cell', blueprint: cell.blueprint, node: node.id, struck: cell.struck }))
    const onResult = (index: number, result: LabResult): Partial<LabState> => {
      const { rowIndex, column } = places[index]!
      if (result.what !== 'cell') return {}
      return { cells: this.#state.cells.map((row, at) => (at === rowIndex ? row.with(column, result.cell) : row)) }
    }
    this.#cancelMatrix = this.#do('matrixProgress', jobs, onResult)
  }

  /** Runs the combinations that are not known yet. */
  runAblation(): void {
    const { rows, node, ablationProgress, ablationRefused } = this.#state
    if (ablationProgress.status === 'running' || ablationProgress.status === 'done' || ablationRefused !== undefined) return
    const places = rows.flatMap((row, index) => (row ? [] : [index]))
    const jobs = places.map((combination): LabJob => ({ what: 'combination', node, combination }))
    const onResult = (index: number, result: LabResult): Partial<LabState> =>
      result.what === 'combination' ? { rows: this.#state.rows.map((row, at) => (at === places[index] ? result.row : row)) } : {}
    this.#cancelAblation = this.#do('ablationProgress', jobs, onResult)
  }

  cancelMatrix(): void {
    this.#stop('matrixProgress', this.#cancelMatrix)
  }

  cancelAblation(): void {
    this.#stop('ablationProgress', this.#cancelAblation)
  }

  dispose(): void {
    this.cancelMatrix()
    this.cancelAblation()
  }

  #do(key: 'matrixProgress' | 'ablationProgress', jobs: readonly LabJob[], onResult: (index: number, result: LabResult) => Partial<LabState>): () => void {
    const total = jobs.length
    let done = 0
    this.#set({ [key]: { status: total === 0 ? 'done' : 'running', done, total }, trouble: undefined })
    if (total === 0) return () => {}
    return doJobs(jobs, {
      onResult: (index, result) => {
        done += 1
        this.#set({ ...onResult(index, result), [key]: { status: 'running', done, total } })
      },
      onDone: () => this.#set({ [key]: { status: 'done', done, total } }),
      onTrouble: (trouble) => this.#set({ [key]: { status: 'cancelled', done, total }, trouble }),
    })
  }

  #stop(key: 'matrixProgress' | 'ablationProgress', cancel: (() => void) | undefined): void {
    if (this.#state[key].status !== 'running') return
    cancel?.()
    this.#set({ [key]: { ...this.#state[key], status: 'cancelled' } })
  }

  #set(change: Partial<LabState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
