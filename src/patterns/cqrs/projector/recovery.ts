import { Note } from '../notes.ts'
import { Apply } from '../protocol.ts'
import { Stage } from './work-state.ts'
import { ProjectionWork } from './work.ts'

/** Crashes, pauses and rebuilds: how the work stops and goes on. */
export abstract class Recovery extends ProjectionWork {
  protected readonly recovery = {
    freeze: () => this.#freeze(),
    goOn: () => this.#goOn(),
    dropAll: () => this.#dropAll(),
    recall: () => this.#recall(),
    clear: () => this.#clear(),
  }

  /** It crashes now, for so long. */
  protected abstract crashFor(ms: number): void
  /** Asks the log for everything from this position on. */
  protected abstract resumeFrom(position: number): void
  /** Gives up every call that waits here. */
  protected abstract dropCalls(): void

  /** The store of checkpoints is reset, and the projector starts anew from what it says. */
  protected loseCheckpoint(): void {
    this.work.isCheckpointLost = true
    if (this.isDown) return
    this.tell({ type: 'CRASH' })
    this.tell({ type: 'RECOVER' })
  }

  protected override crashesAt(point: string): boolean {
    const { batch, at } = this.work
    const call = batch[Math.min(at, batch.length - 1)]!
    const ms = this.strikes.hit(point, this.kernel.calls.type[call]!)
    if (ms === undefined) return false
    this.crashFor(ms)
    return true
  }

  protected override ask(): void {
    const { stage, worker } = this.work
    const subject = stage === Stage.clearing ? Apply.clear : Apply.recall
    this.kernel.callAs(this.viewEdge, worker, this.types.apply, subject, 0)
  }

  protected override onAnswer(result: number): void {
    if (this.work.stage === Stage.recalling) this.#started(this.work.isCheckpointLost ? 0 : result)
    else this.#cleared()
  }

  #dropAll(): void {
    const { kernel, work } = this
    this.dropCalls()
    work.batch.length = 0
    work.toApply.length = 0
    work.stage = Stage.idle
    work.busyUs = 0
    kernel.calls.release(work.worker)
    work.worker = kernel.createAgent(this.node)
  }

  /** Where was I? A checkpoint that is kept with the view is asked of the view. */
  #recall(): void {
    if (this.work.mustClear) return this.#clear()
    if (this.checkpoint !== 'atomic' || this.work.isCheckpointLost) {
      return this.#started(this.work.isCheckpointLost ? 0 : this.instance.context.checkpoint)
    }
    this.work.stage = Stage.recalling
    return this.ask()
  }

  #started(checkpoint: number): void {
    this.work.stage = Stage.idle
    if (this.work.isCheckpointLost) this.noteOf(this.work.worker, Note.checkpoint, 0)
    this.work.isCheckpointLost = false
    this.arrivals.restart(checkpoint)
    this.tell({ type: 'STARTED', checkpoint })
    this.resumeFrom(checkpoint + 1)
  }

  #clear(): void {
    this.work.mustClear = true
    this.work.parkedKeys = []
    this.work.stage = Stage.clearing
    this.noteOf(this.work.worker, Note.rebuild, this.instance.context.rebuildTo)
    this.ask()
  }

  #cleared(): void {
    this.work.mustClear = false
    this.work.stage = Stage.idle
    this.arrivals.forget()
    if (this.isDown) this.tell({ type: 'STARTED', checkpoint: 0 })
    else if (this.instance.context.rebuildTo === 0) this.tell({ type: 'DONE', checkpoint: 0 })
    this.resumeFrom(1)
  }

  /** What it is at stops where it is. */
  #freeze(): void {
    const { kernel, work } = this
    if (work.stage !== Stage.handling && work.stage !== Stage.polling) return
    work.remainingUs = kernel.calls.dueUs[work.worker]! - kernel.nowUs
    kernel.unschedule(work.worker)
  }

  #goOn(): void {
    const { stage, remainingUs } = this.work
    if (stage === Stage.idle) this.next()
    else if (stage === Stage.handling || stage === Stage.polling) this.later(stage, remainingUs)
    else if (stage === Stage.failed) this.handle()
  }
}
