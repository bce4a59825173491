import type { Part } from '../exporter.ts'

/**
 * Parts that are put together as one, outermost first: policies that follow each other on the edges, with what is bypassed
 * seen through. A part that stands in no chain is alone; a policy that several lead to is in all of their chains.
 */
export function chainsOf(parts: readonly Part[]): Part[][] {
  const policies = new Map(parts.filter(({ exporter }) => exporter.policy).map((part) => [part.node.id, part]))
  const behind = new Map([...policies.values()].map((part) => [part, nextPolicy(part, policies)]))
  const followers = new Set(behind.values())
  const chains = parts.filter((part) => !followers.has(part)).map((part) => follow(part, behind))
  // Policies in a circle follow each other without a first one.
  const seen = new Set(chains.flat())
  return [...chains, ...parts.filter((part) => !seen.has(part)).map((part) => [part])]
}

function follow(first: Part, behind: ReadonlyMap<Part, Part | undefined>): Part[] {
  const chain: Part[] = []
  let part: Part | undefined = first
  while (part && !chain.includes(part)) {
    chain.push(part)
    part = behind.get(part)
  }
  return chain
}

function nextPolicy({ blueprint, node }: Part, policies: ReadonlyMap<string, Part>): Part | undefined {
  const seen = new Set<string>()
  let id: string | undefined = node.id
  do {
    const current: string = id
    seen.add(current)
    id = blueprint.edges.find(({ from }) => from === current)?.to
  } while (id !== undefined && !seen.has(id) && blueprint.nodes.find((one) => one.id === id)?.bypassed)
  return id === undefined ? undefined : policies.get(id)
}
