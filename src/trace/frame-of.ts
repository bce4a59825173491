import type { NodeFrame } from './facts.ts'

/**
 * What a run tells of a node. Undefined when it has none of that id and kind: while a run still is another drawing's, the id may
 * be that of something else.
 */
export function frameOf(frames: readonly NodeFrame[], { id, kind }: Pick<NodeFrame, 'id' | 'kind'>): NodeFrame | undefined {
  return frames.find((frame) => frame.id === id && frame.kind === kind)
}
