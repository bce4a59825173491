import { code, when, type Code } from '../print.ts'
import type { SliceParts } from './plan.ts'

/** How a projector handles what a command has just written, where it may not read the log from its checkpoint on. */
export function takeMethod(hasMachine: boolean): Code {
  return code`
    /** Handles what a command has just written, whatever is missing in the log before it. */
    take(written: readonly StoredEvent[]): Promise<void> {
      const work = this.#work.then(() => this.#take(written));
      this.#work = work.catch(() => {});
      return work;
    }

    async #take(written: readonly StoredEvent[]): Promise<void> {
      const last = written.at(-1);
      if (!last) return;
      ${when(hasMachine)}[this.#snapshot] = initialTransition(projectorMachine);
      const batch = await this.#store.readAll(last.position - written.length, written.length);
      // One that was held up may come after others that are behind it.
      const checkpoint = Math.max(await this.#readModel.checkpoint(), last.position);
      ${when(hasMachine)}for (const _event of batch) this.#tell({ type: 'ARRIVE' });
      ${when(hasMachine)}this.#tell({ type: 'BEGIN', count: batch.length });
      await this.#apply(batch, checkpoint);
      ${when(hasMachine)}this.#tell({ type: 'DONE', checkpoint });
    }
  `
}

/** How a projector deals with places of the log that are empty. It may give them up after a while. */
export function gapMethod({ skipsGaps, polls }: SliceParts): Code {
  if (!skipsGaps) {
    return code`
      /** Events up to the first that is missing: it may still come. */
      #withoutGap(checkpoint: number, found: readonly StoredEvent[]): readonly StoredEvent[] {
        const end = found.findIndex(({ position }, index) => position !== checkpoint + index + 1);
        return end < 0 ? found : found.slice(0, end);
      }
    `
  }
  return code`
    /** Events up to the first that is missing, unless that has been missing for too long. */
    async #withoutGap(
      checkpoint: number,
      found: readonly StoredEvent[],
    ): Promise<readonly StoredEvent[]> {
      this.#cancelGap();
      const end = found.findIndex(({ position }, index) => position !== checkpoint + index + 1);
      if (end !== 0) return end < 0 ? found : found.slice(0, end);
      await this.#lookForGaps(checkpoint);
      const nowMs = this.#clock.nowMs();
      const leftMs = (this.#gaps.get(checkpoint + 1) ?? nowMs) + GAP_TIMEOUT_MS - nowMs;
      if (leftMs > 0) {
        // Nothing else may lead here again, and a timer may run a little early.
        ${when(polls)}const look = (): void => void this.catchUp().catch(() => {});
        ${when(!polls)}const look = (): void => void this.#look();
        if (!this.#isStopped) this.#cancelGap = this.#clock.after(leftMs, look);
        return [];
      }
      this.#gaps.delete(checkpoint + 1);
      this.#onReport({ type: 'GapSkipped', position: checkpoint + 1 });
      return found.slice(0, 1);
    }

    /** Notes every position that is missing: it waits for all of them at the same time. */
    async #lookForGaps(checkpoint: number): Promise<void> {
      if (!this.#gaps.has(checkpoint + 1)) {
        this.#gaps.clear();
        this.#seen = checkpoint;
      }
      for (;;) {
        const found = await this.#store.readAll(this.#seen, BATCH_SIZE);
        if (found.length === 0) return;
        for (const { position } of found) {
          for (let missing = this.#seen + 1; missing < position; missing += 1) {
            this.#gaps.set(missing, this.#clock.nowMs());
          }
          this.#seen = position;
        }
      }
    }
  `
}
