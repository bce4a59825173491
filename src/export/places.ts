import type { Blueprint } from '../model/blueprint.ts'
import type { SettingPlace } from './exporter.ts'
import { findExporter } from './exporters.ts'

/**
 * Where the named constants in a node's code are set, by name. Not every one of them need stand in the code: what is not
 * configured is left out there.
 */
export function settingPlaces(blueprint: Blueprint, nodeId: string): ReadonlyMap<string, SettingPlace> {
  const node = blueprint.nodes.find((one) => one.id === nodeId)
  return new Map(node && findExporter(node.kind)?.places({ blueprint, node }))
}

/** Of {@link settingPlaces} those whose constants stand in the code. */
export function placesInCode(code: string, places: ReadonlyMap<string, SettingPlace>): ReadonlyMap<string, SettingPlace> {
  return new Map([...places].filter(([constant]) => lineOfConstant(code, constant) >= 0))
}

/** The line, from 0, on which a file gives a constant its value; -1 when it does not. */
export function lineOfConstant(code: string, constant: string): number {
  return code.split('\n').findIndex((line) => /^(?:export )?const ([A-Z][A-Z\d_]*)\b/.exec(line)?.[1] === constant)
}
