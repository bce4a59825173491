import type { Blueprint } from '../model/blueprint.ts'
import { findExporter } from './exporters.ts'
import type { Snippet } from './print.ts'
import { EXPORT_TARGETS, type ExportTarget } from './targets.ts'

/** How a snippet is written, besides what the drawing says. */
export interface SnippetOptions {
  /** Default `zero-dep`. */
  target?: ExportTarget | undefined
  /** Opens the drawing; stands in the header unless it is left out. */
  link?: string | undefined
}

/**
 * The configured node as one self-contained TypeScript file: only what is configured, the part a person edits on top.
 * Undefined for unknown nodes, and for kinds without code for the target. The same blueprint gives the same text.
 */
export function generateSnippet(blueprint: Blueprint, nodeId: string, { target = 'zero-dep', link }: SnippetOptions = {}): Snippet | undefined {
  const node = blueprint.nodes.find((one) => one.id === nodeId)
  return node && findExporter(node.kind)?.write[target]?.({ blueprint, node, link })
}

/** The target that nodes of this kind are written for: the wanted one, else the first that there is; undefined for kinds without code. */
export function targetFor(kind: string, wanted: ExportTarget): ExportTarget | undefined {
  return [wanted, ...EXPORT_TARGETS].find((target) => hasSnippet(kind, target))
}

/** Whether {@link generateSnippet} has something for nodes of this kind. */
export function hasSnippet(kind: string, target: ExportTarget = 'zero-dep'): boolean {
  return findExporter(kind)?.write[target] !== undefined
}
