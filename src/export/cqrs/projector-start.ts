import { code, when, type Code } from '../print.ts'
import type { SliceParts, SlicePlan } from './plan.ts'

/** How a projector that works by itself is started, looks for events, and is stopped. */
export function startMethods({ uses }: SlicePlan): Code {
  const subscribes = !uses.polls
  return code`
    ${when(uses.polls)}/** Looks for events from now on; gives back the way to stop it. */
    ${when(subscribes)}/** Follows the log from now on; gives back the way to stop it. */
    start(): () => void {
      this.#isStopped = false;
      ${when(subscribes)}this.#unsubscribe = this.#store.subscribe(() => void this.#look());
      void this.#look();
      return () => this.#stop();
    }

    ${lookMethods(uses)}

    #stop(): void {
      this.#isStopped = true;
      ${when(subscribes)}this.#unsubscribe();
      this.#cancelLook();
      ${when(uses.skipsGaps)}this.#cancelGap();
      ${when(uses.retriesEvents)}this.#endBackOff();
    }
  `
}

function lookMethods({ polls, stops }: SliceParts): Code {
  return code`
    async #look(): Promise<void> {
      try {
        await this.catchUp();
      } catch (error) {
        if (this.#isStopped) return;
        this.#onReport({ type: 'RoundFailed', error });
        ${when(stops)}if (error instanceof ProjectionStopped) this.#stop();
        ${when(!polls)}// Nothing else may lead here again.
        ${when(!polls && stops)}else this.#lookIn(LOOK_AGAIN_MS);
        ${when(!polls && !stops)}this.#lookIn(LOOK_AGAIN_MS);
      }
      ${when(polls)}if (!this.#isStopped) this.#lookIn(POLL_MS);
    }

    #lookIn(delayMs: number): void {
      this.#cancelLook();
      this.#cancelLook = this.#clock.after(delayMs, () => void this.#look());
    }
  `
}

/** How a projector that works by itself waits: nothing holds up whoever stops it. */
export function backOffMethod(): Code {
  return code`
    /** Waits before another try. @throws the event's error once the projector is stopped. */
    #backOff(error: unknown): Promise<void> {
      return new Promise((resolve, reject) => {
        const cancel = this.#clock.after(EVENT_BACKOFF_MS, resolve);
        this.#endBackOff = () => {
          cancel();
          reject(error);
        };
        if (this.#isStopped) this.#endBackOff();
      });
    }
  `
}
