import type { Blueprint } from '../../model/blueprint.ts'

/** Whether two blueprints run alike, so that moving a node does not start anything anew. Goes by identity: cheap, and false alarms only cost a run. */
export function sameRun(a: Blueprint, b: Blueprint): boolean {
  return a === b || (sameFrame(a, b) && sameNodes(a, b))
}

function sameFrame(a: Blueprint, b: Blueprint): boolean {
  return (
    a.seed === b.seed &&
    a.durationMs === b.durationMs &&
    a.edges === b.edges &&
    a.faults === b.faults &&
    a.interventions === b.interventions &&
    a.lesson === b.lesson
  )
}

function sameNodes(a: Blueprint, b: Blueprint): boolean {
  if (a.nodes === b.nodes) return true
  return (
    a.nodes.length === b.nodes.length &&
    a.nodes.every((node, index) => {
      const other = b.nodes[index]
      return node.id === other?.id && node.kind === other.kind && node.config === other.config && node.bypassed === other.bypassed
    })
  )
}
