/** The part of a worker's and of Node's global scope used here; the pure rooms know no DOM types. */
interface Port {
  onmessage: (() => void) | null
  postMessage(message: undefined): void
  close(): void
}
type Channel = new () => { port1: Port; port2: Port }

/** Waits until nothing moves any more: tasks of the event loop come after all promises that are settled. */
export class Turns {
  readonly #ports: { port1: Port; port2: Port }
  readonly #waiting: (() => void)[] = []

  constructor() {
    this.#ports = new (globalThis as unknown as { MessageChannel: Channel }).MessageChannel()
    this.#ports.port1.onmessage = () => this.#waiting.shift()?.()
  }

  next = (): Promise<void> =>
    new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#ports.port2.postMessage(undefined)
    })

  close(): void {
    this.#ports.port1.close()
  }
}
