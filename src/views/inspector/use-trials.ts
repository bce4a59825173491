import { useCallback, useEffect, useMemo } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import { applyCommand } from '../../editor/apply.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import type { Changes, Trials } from '../../patterns/trials.ts'
import { TrialRunner } from '../../player/trials.ts'
import { useSlice } from '../../ui/use-slice.ts'

/** One for the page: what was run once is known whichever node is looked at. */
const runner = new TrialRunner()

/** Runs of the present drawing with settings changed, for a node's panel. */
export function useTrials(editor: EditorStore, node: string): Trials {
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const state = useSlice(runner, (now) => now)
  // Whoever looks elsewhere waits for nothing.
  useEffect(() => () => runner.stop(), [node])
  const changed = useMemo(() => changer(blueprint), [blueprint])
  const of = useCallback((changes: Changes) => runner.of(changed(changes), node), [changed, node])
  const run = useCallback((variants: readonly Changes[]) => runner.run(variants.map(changed), node), [changed, node])
  const stop = useCallback(() => runner.stop(), [])
  return useMemo(() => ({ of, run, stop, ...state }), [of, run, stop, state])
}

/** Makes a drawing with settings changed; the same object for the same changes, as panels ask with every frame. */
function changer(blueprint: Blueprint): (changes: Changes) => Blueprint {
  const made = new Map<string, Blueprint>()
  return (changes) => {
    const key = JSON.stringify(changes)
    const known = made.get(key)
    if (known) return known
    const next = changes.reduce((now, change) => applyCommand(now, { type: 'set-config', ...change }), blueprint)
    made.set(key, next)
    return next
  }
}
