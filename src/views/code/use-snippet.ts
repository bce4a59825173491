import { useMemo } from 'react'
import type { EditorState, EditorStore } from '../../editor/store.ts'
import { generateSnippet, hasSnippet, type Snippet } from '../../export/index.ts'
import { useSlice } from '../../ui/use-slice.ts'

/** The node whose code is shown: the selected one if it has code, else the lesson's protagonist, else the first that has. */
export function nodeWithCode({ blueprint, selection }: EditorState): string | undefined {
  const withCode = blueprint.nodes.filter((node) => hasSnippet(node.kind))
  const wanted = [selection, blueprint.lesson?.protagonist].find((id) => withCode.some((node) => node.id === id))
  return wanted ?? withCode[0]?.id
}

/** The code to show, as the drawing stands; undefined when no node has any. */
export function useSnippet(editor: EditorStore): { node: string; snippet: Snippet } | undefined {
  const node = useSlice(editor, nodeWithCode)
  const blueprint = useSlice(editor, (state) => state.blueprint)
  return useMemo(() => {
    const snippet = node === undefined ? undefined : generateSnippet(blueprint, node)
    return node === undefined || !snippet ? undefined : { node, snippet }
  }, [blueprint, node])
}
