import { useMemo } from 'react'
import type { EditorState, EditorStore } from '../../editor/store.ts'
import { generateSnippet, targetFor, type ExportTarget, type Snippet } from '../../export/index.ts'
import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { useSlice } from '../../ui/use-slice.ts'
import type { CodeState, CodeStore } from '../code-store.ts'

/** Longer links make a header that nobody reads past. */
const LINK_CHARACTERS_MAX = 2_000

/** Where code comes from: the drawing, what was chosen, and the address of the drawing. */
export interface CodeSource {
  editor: EditorStore
  code: CodeStore
  /** The address that opens a drawing; undefined where there is none that others could open. */
  linkTo: (blueprint: Blueprint) => string | undefined
}

/** What stands in headers, and why. */
export interface HeaderLink {
  /** Undefined: headers go without. */
  link: string | undefined
  /** It is left out, unless asked for, since it has so many characters. */
  tooLong: number | undefined
}

/** A node as code. */
export interface NodeCode {
  node: BlueprintNode
  /** What it is written for: what was chosen, or the first that there is for its kind. */
  target: ExportTarget
  snippet: Snippet
  header: HeaderLink
}

/** The node whose code is shown: the selected one if it has code, else the lesson's protagonist, else the first that has. */
export function nodeWithCode({ blueprint, selection }: EditorState): string | undefined {
  const withCode = blueprint.nodes.filter(({ kind }) => targetFor(kind, 'zero-dep') !== undefined)
  const wanted = [selection, blueprint.lesson?.protagonist].find((id) => withCode.some((node) => node.id === id))
  return wanted ?? withCode[0]?.id
}

/** The code of a node as everything stands now; undefined when it has none. */
export function codeOf({ editor, code, linkTo }: CodeSource, nodeId: string | undefined): NodeCode | undefined {
  const { blueprint } = editor.getState()
  return write(blueprint, nodeId, code.getState(), linkTo(blueprint))
}

/** The code of {@link nodeWithCode}, following drawing and choices. */
export function useNodeCode({ editor, code, linkTo }: CodeSource): NodeCode | undefined {
  const node = useSlice(editor, nodeWithCode)
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const target = useSlice(code, (state) => state.target)
  const withLink = useSlice(code, (state) => state.withLink)
  const address = useMemo(() => linkTo(blueprint), [linkTo, blueprint])
  return useMemo(() => write(blueprint, node, { target, withLink }, address), [blueprint, node, target, withLink, address])
}

type Choices = Pick<CodeState, 'target' | 'withLink'>

function write(blueprint: Blueprint, nodeId: string | undefined, choices: Choices, address: string | undefined): NodeCode | undefined {
  const node = blueprint.nodes.find(({ id }) => id === nodeId)
  const target = node && targetFor(node.kind, choices.target)
  if (!node || !target) return undefined
  const header = headerLink(choices.withLink, address)
  const snippet = generateSnippet(blueprint, node.id, { target, link: header.link })
  return snippet && { node, target, snippet, header }
}

/** The link for headers: as it was chosen, else unless it is longer than 2,000 characters. */
export function headerLink(chosen: boolean | undefined, address: string | undefined): HeaderLink {
  const length = address?.length ?? 0
  const isLong = length > LINK_CHARACTERS_MAX
  return { link: (chosen ?? !isLong) ? address : undefined, tooLong: isLong && chosen === undefined ? length : undefined }
}
