import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ExportTarget, SettingPlace } from '../export/index.ts'
import type { Blueprint } from '../model/blueprint.ts'
import type { Proof, ProofRequest } from '../proof/types.ts'

/** Where somebody wants to be led: to a constant in a node's code, or to the setting that a constant comes from. */
export type Jump = { to: 'code'; node: string; constant: string } | { to: 'setting'; place: SettingPlace }

/** A proof that was asked for, and what came of it, once that is known. */
export interface Asked {
  request: ProofRequest
  proof: Proof | undefined
}

/** What was shown under a name, and what stood there before it last changed. */
export interface Shown {
  code: string
  before: string | undefined
  /** When it came, on the page's own clock. */
  atMs: number
}

/** What was chosen about the code, for as long as the page is open, and what is asked of whoever shows it. */
export interface CodeState {
  target: ExportTarget
  /** Whether headers carry a link; undefined: unless it is long. */
  withLink: boolean | undefined
  /** The file of the project that is shown; undefined: the snippet. */
  path: string | undefined
  /** The list of files is unfolded. */
  showsFiles: boolean
  /** Who gets there takes it away. */
  jump: Jump | undefined
  asked: Asked | undefined
  /** By name of what is shown. It only grows, and nothing is drawn from it. */
  shown: Map<string, Shown>
}

export type CodeStore = StoreApi<CodeState>

/** Says whether two drawings run alike: what was proven of one is then proven of the other. */
export type SameRun = (a: Blueprint, b: Blueprint) => boolean

export function createCodeStore(): CodeStore {
  return createStore<CodeState>()(() => ({
    target: 'zero-dep',
    withLink: undefined,
    path: undefined,
    showsFiles: false,
    jump: undefined,
    asked: undefined,
    shown: new Map(),
  }))
}
