import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { planSlice, sliceOf, SLICE_KINDS } from '../cqrs/plan.ts'
import { safeFileName } from '../names.ts'
import type { RecordedRun } from '../recorded.ts'
import { planSaga } from '../saga/plan.ts'
import { generateSnippet } from '../snippet.ts'
import { breakerTest, breakerTrace } from './breaker-test.ts'
import { playModule } from './play.ts'
import { readme } from './readme.ts'
import { sagaTest } from './saga-test.ts'
import { compilerFile, json, packageFile } from './settings-files.ts'
import { sliceTest } from './slice-test.ts'
import { wiring, type Part } from './wiring.ts'

/** What code is written for. */
export type ExportTarget = (typeof EXPORT_TARGETS)[number]
export const EXPORT_TARGETS = ['zero-dep'] as const

/** A project to take home: texts by path, in the order in which they are listed. Paths are of this project's own making. */
export type ExportPlan = ReadonlyMap<string, string>

/**
 * The whole project: a file for each configured node, their composition, tests that replay the edges of the configs and the
 * recorded run, and what is needed to build it. Preview, zip and command line all show this. The same blueprint and run give
 * the same texts. Undefined when the drawing has nothing that the target has code for.
 */
export function planExport(blueprint: Blueprint, target: ExportTarget, run: RecordedRun): ExportPlan | undefined {
  const parts = partsOf(blueprint)
  if (parts.length === 0) return undefined
  const sources = new Map<string, string>()
  const tests = new Map<string, string>()
  for (const { node, stem } of parts) {
    sources.set(`src/${stem}.ts`, generateSnippet(blueprint, node.id, stem)?.code ?? '')
    for (const [name, text] of testsOf(blueprint, node, stem, run)) tests.set(`test/${name}`, text)
  }
  const toRun = [...tests.keys()].filter((path) => path.endsWith('.test.ts'))
  return new Map([
    ['README.md', readme(blueprint, parts, target)],
    ['package.json', packageFile(blueprint.name, toRun)],
    ['tsconfig.json', compilerFile()],
    ...sources,
    ['src/wiring.ts', wiring(blueprint, parts)],
    ...tests,
    ['.faultline.json', json(blueprint)],
  ])
}

/** The nodes that have code, a slice counting once, each with a file name of its own. */
function partsOf(blueprint: Blueprint): Part[] {
  const used = new Set(['wiring', 'play'])
  const inSlices = new Set<string>()
  const parts: Part[] = []
  for (const node of blueprint.nodes) {
    const isSlice = (SLICE_KINDS as readonly string[]).includes(node.kind)
    if (node.bypassed || inSlices.has(node.id) || !generateSnippet(blueprint, node.id)) continue
    if (isSlice) for (const { id } of sliceOf(blueprint, node).values()) inSlices.add(id)
    const wanted = isSlice ? 'cqrs' : safeFileName(node.label, node.kind)
    let stem = wanted
    for (let number = 2; used.has(stem); number += 1) stem = `${wanted}-${number}`
    used.add(stem)
    parts.push({ node, stem, kind: isSlice ? 'slice' : node.kind === 'saga' ? 'saga' : 'breaker' })
  }
  return parts
}

function testsOf(blueprint: Blueprint, node: BlueprintNode, stem: string, run: RecordedRun): [string, string][] {
  if (node.kind === 'saga') return [[`${stem}.test.ts`, sagaTest(planSaga(blueprint, node, stem))]]
  if (node.kind !== 'circuit-breaker') return [[`${stem}.test.ts`, sliceTest(planSlice(blueprint, node, stem))]]
  const recorded = run[node.id] ?? []
  return [
    ['play.ts', playModule()],
    [`${stem}.trace.ts`, breakerTrace(node, recorded)],
    [`${stem}.test.ts`, breakerTest(node, stem, recorded.length > 0)],
  ]
}
