import type { Blueprint } from '../../model/blueprint.ts'
import type { Part } from '../exporter.ts'
import { findExporter } from '../exporters.ts'
import type { RecordedRun } from '../recorded.ts'
import { resilience4jFile } from '../resilience4j.ts'
import type { ExportTarget } from '../targets.ts'
import type { ProjectOptions } from './options.ts'
import { readme } from './readme.ts'
import { compilerFile, json, packageFile } from './settings-files.ts'
import { wiringFile } from './wiring.ts'

/** A project to take home: texts by path, in the order in which they are listed. Paths are of this project's own making. */
export type ExportPlan = ReadonlyMap<string, string>

/**
 * The whole project: a file for each configured node, their composition, tests that replay the edges of the configs and the
 * recorded run, and what is needed to build it. Preview, zip and command line all show this. The same blueprint and run give
 * the same texts. Undefined when the drawing has nothing that the target has code for.
 */
export function planExport(blueprint: Blueprint, run: RecordedRun, options: ProjectOptions): ExportPlan | undefined {
  const { target, link } = options
  const parts = partsOf(blueprint, target, link)
  if (parts.every(({ exporter }) => !exporter.write[target])) return undefined
  const sources = new Map<string, string>()
  const tests = new Map<string, string>()
  for (const part of parts) {
    sources.set(`src/${part.fileStem}.ts`, part.write(part).code)
    for (const [name, text] of part.exporter.tests(part, run)) tests.set(`test/${name}`, text)
  }
  const settings = resilience4jFile(parts, blueprint.name)
  const toRun = [...tests.keys()].filter((path) => path.endsWith('.test.ts'))
  return new Map([
    ['README.md', readme(blueprint, parts, run, { ...options, hasTraces: [...tests.keys()].some((path) => path.endsWith('.trace.ts')) })],
    ['package.json', packageFile(blueprint.name, target, toRun)],
    ['tsconfig.json', compilerFile(target)],
    ...sources,
    ['src/wiring.ts', wiringFile(parts)],
    ...tests,
    ...(settings === undefined ? [] : [['resilience4j.yml', settings] as const]),
    ['.faultline.json', json(blueprint)],
  ])
}

/**
 * The nodes that have code, each with a file name of its own; nodes that another's file is about have none. A policy that the
 * target has no code for comes without dependencies: a chain of policies is of no use with one of them missing.
 */
function partsOf(blueprint: Blueprint, target: ExportTarget, link: string | undefined): Part[] {
  const used = new Set(['wiring', 'play'])
  const covered = new Set<string>()
  const parts: Part[] = []
  for (const node of blueprint.nodes) {
    const exporter = findExporter(node.kind)
    const write = exporter?.write[target] ?? (exporter?.policy && exporter.write['zero-dep'])
    if (node.bypassed || covered.has(node.id) || !exporter || !write) continue
    for (const id of exporter.covers?.({ blueprint, node }) ?? []) covered.add(id)
    const wanted = exporter.stemOf(node)
    let fileStem = wanted
    for (let number = 2; used.has(fileStem); number += 1) fileStem = `${wanted}-${number}`
    used.add(fileStem)
    parts.push({ blueprint, node, fileStem, link, exporter, write })
  }
  return parts
}
