import type { Exporter } from './exporter.ts'

/** The places of constants that are each a setting of the node itself: by constant the field. */
export function fieldPlaces(fields: Readonly<Record<string, string>>): Exporter['places'] {
  return ({ node }) => Object.entries(fields).map(([constant, field]) => [constant, { node: node.id, path: [field] }] as const)
}
