/** Nodes of one chain: who asks, and what stands between it and the last service. */
const CHAIN = ['client', 'circuit-breaker', 'service', 'service']
const CHAINS_ACROSS = 5
const COLUMN_PX = 232
const ROW_PX = 176
/** What a particle's flight takes of simulated time; see FLIGHT_US in src/player/types.ts. */
const FLIGHT_SECONDS = 0.45
/** What open breakers leave of the calls that would fly. */
const SHARE_FLYING = 0.92

/**
 * A drawing of so many live nodes in short chains, with so much load that about so many particles are in the air at speed 1:
 * every call flies there and back. Breakers open and close now and then, because the last services fail at times.
 */
export function liveDrawing({ nodes, particles, durationMs }) {
  const chains = Math.floor(nodes / CHAIN.length)
  const lines = chains * (CHAIN.length - 1)
  const ratePerSecond = particles / (lines * FLIGHT_SECONDS * 2 * SHARE_FLYING)
  const drawing = { schemaVersion: 1, name: 'Many live nodes', nodes: [], edges: [], faults: [], interventions: [], seed: 1, durationMs }
  for (let chain = 0; chain < chains; chain += 1) addChain(drawing, chain, ratePerSecond)
  return drawing
}

function addChain({ nodes, edges }, chain, ratePerSecond) {
  const left = (chain % CHAINS_ACROSS) * CHAIN.length
  const y = Math.floor(chain / CHAINS_ACROSS) * ROW_PX
  const isFaulty = chain % 7 === 0
  CHAIN.forEach((kind, place) => {
    const id = `n${chain}-${place}`
    const isLast = place === CHAIN.length - 1
    nodes.push({ id, kind, label: `${kind} ${chain}`, position: { x: (left + place) * COLUMN_PX, y }, config: configOf(kind, ratePerSecond, isLast && isFaulty) })
    if (place > 0) edges.push({ id: `e${chain}-${place}`, from: `n${chain}-${place - 1}`, to: id })
  })
}

function configOf(kind, ratePerSecond, isFaulty) {
  if (kind === 'client') return { ratePerSecond }
  if (kind === 'service') return { errorPercent: isFaulty ? 35 : 1 }
  return {}
}
