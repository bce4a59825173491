import { Repeat2, Server, Timer, ToggleLeft, Users } from 'lucide-react'
import type { ComponentType } from 'react'

/** What a kind's own part of its node is given. It draws itself once and writes live values through `onFacts`. */
export interface NodeBodyProps {
  id: string
  config: unknown
  /** Calls `write` with the machine's state and context at most ten times a second. Returns the way to stop. */
  onFacts: (write: (state: string, context: unknown) => void) => () => void
}

/** The React parts of a kind. */
export interface PatternView {
  Icon: ComponentType<{ size?: number | string; 'aria-hidden'?: boolean }>
  /** Drawn between the figures and the bars of a node. */
  NodeBody?: ComponentType<NodeBodyProps>
}

/** One entry for every kind of `index.ts`; a test holds the two together. */
export const patternViews: Readonly<Record<string, PatternView>> = {
  client: { Icon: Users },
  service: { Icon: Server },
  'circuit-breaker': { Icon: ToggleLeft },
  retry: { Icon: Repeat2 },
  timeout: { Icon: Timer },
}
