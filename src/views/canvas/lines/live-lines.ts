import type { Player } from '../../../player/types.ts'
import { follow } from '../../../ui/throttle.ts'
import { writeText } from '../../../ui/write-text.ts'
import { CallRates } from '../particles/shares.ts'
import { lineId } from './lines.ts'

const WRITE_EVERY_MS = 250

/**
 * Writes beside each line how many calls one particle stands for ("×8"), or, where nothing moves, how many calls a second
 * take it ("24/s").
 */
export class LiveLines {
  readonly #player: Player
  readonly #showsCounts: boolean
  readonly #labels = new Map<string, HTMLElement>()

  constructor(player: Player, showsCounts: boolean) {
    this.#player = player
    this.#showsCounts = showsCounts
  }

  /** Starts following the player. Returns the way to stop. */
  start(): () => void {
    return follow((listener) => this.#player.subscribe(listener), () => this.#write(), WRITE_EVERY_MS)
  }

  /** Takes over the label of a line. Returns the way to let go. */
  register(line: string, label: HTMLElement): () => void {
    this.#labels.set(line, label)
    return () => {
      if (this.#labels.get(line) === label) this.#labels.delete(line)
    }
  }

  #write(): void {
    const { run } = this.#player.getState()
    if (!run) return
    const playheadUs = this.#player.playheadUs()
    const rates = new CallRates(this.#player.records(), playheadUs)
    run.edgePaths.forEach((path, edge) => {
      const label = this.#labels.get(lineId(path))
      if (!label) return
      const share = rates.shareAt(edge, playheadUs)
      const words = this.#showsCounts ? `${rates.perSecond(edge)}/s` : share > 1 ? `×${share}` : ''
      writeText(label, words)
    })
  }
}
