import type { Blueprint, Lesson } from '../model/blueprint.ts'
import { collectRequestTypes } from '../model/request-types.ts'
import { findPattern } from '../patterns/index.ts'

/** A blueprint without anything that speaks of nodes or request types that are no longer there; the same object when nothing does. */
export function cleaned(blueprint: Blueprint): Blueprint {
  const kinds = new Map(blueprint.nodes.map(({ id, kind }) => [id, kind]))
  const types = new Set(collectRequestTypes(blueprint.nodes))
  const isKept = (entry: { node: string; what?: string; type?: string; requestType?: string | undefined }): boolean => {
    const kind = kinds.get(entry.node)
    if (kind === undefined || (entry.requestType !== undefined && !types.has(entry.requestType))) return false
    return entry.type === undefined || findPattern(kind)?.faults.some(({ type }) => type === entry.type) === true
  }
  const faults = filtered(blueprint.faults, isKept)
  const interventions = filtered(blueprint.interventions, isKept)
  const lesson = blueprint.lesson && cleanLesson(blueprint.lesson, new Set(kinds.keys()))
  if (faults === blueprint.faults && interventions === blueprint.interventions && lesson === blueprint.lesson) return blueprint
  const { lesson: _former, ...rest } = blueprint
  return { ...rest, faults, interventions, ...(lesson && { lesson }) }
}

/** A lesson whose protagonist, or whose every beat, is gone has nothing left to tell. */
function cleanLesson(lesson: Lesson, ids: ReadonlySet<string>): Lesson | undefined {
  if (!ids.has(lesson.protagonist)) return undefined
  const told = filtered(lesson.beats, ({ when }) => !('node' in when) || ids.has(when.node))
  const beats = told.every(({ spotlight }) => spotlight.every((id) => ids.has(id)))
    ? told
    : told.map((beat) => ({ ...beat, spotlight: beat.spotlight.filter((id) => ids.has(id)) }))
  const tries = filtered(lesson.tries, ({ node }) => ids.has(node))
  if (beats.length === 0) return undefined
  return beats === lesson.beats && tries === lesson.tries ? lesson : { ...lesson, beats, tries }
}

/** Like `filter`, but the same list when nothing falls out. */
function filtered<T>(list: T[], isKept: (entry: T) => boolean): T[] {
  const kept = list.filter(isKept)
  return kept.length === list.length ? list : kept
}
