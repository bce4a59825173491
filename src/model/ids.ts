import type { Blueprint } from './blueprint.ts'

const RESERVED: ReadonlySet<string> = new Set(['constructor', 'prototype'])
const STEM_MAX = 56

/** Ids in use: nodes, edges and notes share one namespace. */
export function takenIds({ nodes, edges, notes = [] }: Pick<Blueprint, 'nodes' | 'edges' | 'notes'>): Set<string> {
  return new Set([...nodes, ...edges, ...notes].map(({ id }) => id))
}

/** An id made of `words` that is not in `taken` yet; takes it. The same words and the same taken ids give the same id. */
export function freshId(words: string, taken: Set<string>): string {
  const stem = slug(words)
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}-${number}`
    if (taken.has(id)) continue
    taken.add(id)
    return id
  }
}

function slug(words: string): string {
  const plain = words
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, STEM_MAX)
    .replaceAll(/^-+|-+$/g, '')
  return plain === '' || RESERVED.has(plain) ? 'node' : plain
}
