import { expect, test as plainTest, type Locator, type Page } from '@playwright/test'
import type { Blueprint } from '../src/model/blueprint.ts'
import type { PlayerState } from '../src/player/types.ts'
import type { Transition } from '../src/trace/facts.ts'

/** Microseconds: the unit of the playhead. */
export const SECOND_US = 1_000_000

/** What must not change when nothing was to happen. */
export interface WorkState {
  blueprint: Blueprint
  playheadUs: number
  undoSteps: number
  selection: string | undefined
  hash: string
}

/** The page as a person uses it, with a virtual clock: nothing here waits for real time to pass. */
export class FaultlinePage {
  readonly page: Page
  /** What the page complained about, to itself or to the console. */
  readonly complaints: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
  }

  /** Opens the page, at a fragment such as `#scenario=flapping`, and comes back when a run is loaded. */
  async open(fragment = ''): Promise<void> {
    await this.page.goto(`./${fragment}`)
    await this.page.waitForFunction(() => window.faultline?.player.getState().run !== undefined)
    await expect(this.page.getByRole('group', { name: 'Playback' })).toBeVisible()
  }

  /** Opens the page and stands still at a moment. */
  async openAt(us: number, fragment = ''): Promise<void> {
    await this.open(fragment)
    await this.holdAt(us)
  }

  // The virtual clock.

  /** Pauses and goes to a moment; comes back when everything is computed for it. */
  async holdAt(us: number): Promise<void> {
    await this.page.evaluate(async (toUs) => {
      const handle = window.faultline!
      handle.player.pause()
      handle.player.seek(toUs)
      await handle.whenIdle()
    }, us)
    await expect.poll(() => this.playheadUs()).toBe(us)
  }

  async pause(): Promise<void> {
    await this.page.evaluate(async () => {
      window.faultline!.player.pause()
      await window.faultline!.whenIdle()
    })
  }

  /** Waits until nothing is being computed. The run must stand still. */
  async idle(): Promise<void> {
    await this.page.evaluate(() => window.faultline!.whenIdle())
  }

  async playheadUs(): Promise<number> {
    return this.page.evaluate(() => window.faultline!.player.playheadUs())
  }

  async status(): Promise<PlayerState['status']> {
    return this.page.evaluate(() => window.faultline!.player.getState().status)
  }

  /** Waits until the playhead moves by itself. */
  async expectPlaying(): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
    let lastUs = Infinity
    const hasMoved = async () => {
      const us = await this.playheadUs()
      const moved = us > lastUs
      lastUs = us
      return moved
    }
    await expect.poll(hasMoved).toBe(true)
  }

  // Ground state and what follows from it.

  /** The hash of everything that happened up to the playhead. */
  async hash(): Promise<string> {
    return this.page.evaluate(() => window.faultline!.player.hash())
  }

  async blueprint(): Promise<Blueprint> {
    return this.page.evaluate(() => window.faultline!.editor.getState().blueprint)
  }

  async config(node: string, field: string): Promise<unknown> {
    return (await this.blueprint()).nodes.find(({ id }) => id === node)?.config[field]
  }

  /** A node's changes of state as computed so far. */
  async changesOf(node: string): Promise<Transition[]> {
    return this.page.evaluate((id) => window.faultline!.player.getState().transitions.filter((one) => one.node === id), node)
  }

  /** Every node's state, memory and figures at the playhead, as one text to compare. */
  async nodesText(): Promise<string> {
    return this.page.evaluate(() => JSON.stringify(window.faultline!.player.getState().nodes))
  }

  async workState(): Promise<WorkState> {
    const hash = await this.hash()
    return this.page.evaluate((now) => {
      const { player, editor } = window.faultline!
      const { blueprint, past, selection } = editor.getState()
      return { blueprint, playheadUs: player.playheadUs(), undoSteps: past.length, selection, hash: now }
    }, hash)
  }

  // Parts of the page.

  /** A node on the canvas; its accessible name tells its kind, state and figures. */
  node(label: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${label}, `) })
  }

  lesson(): Locator {
    return this.page.getByRole('region', { name: /^Lesson: / })
  }

  details(): Locator {
    return this.page.getByRole('complementary', { name: 'Details' })
  }

  /** A setting's field in the inspector. */
  setting(label: string): Locator {
    return this.details().getByRole('textbox', { name: new RegExp(`^${label}`) })
  }

  faults(): Locator {
    return this.page.getByRole('list', { name: 'Faults' })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  // What people do.

  /** Opens the More menu and chooses something. */
  async chooseMore(item: string | RegExp): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Scenarios' }).getByRole('button').click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  /** Opens the File menu and chooses something. */
  async chooseFile(item: string | RegExp): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: 'File' }).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  /** Types a value into a setting, by keyboard alone. */
  async type(label: string, value: string): Promise<void> {
    await this.setting(label).focus()
    await this.page.keyboard.press('ControlOrMeta+A')
    await this.page.keyboard.press('Delete')
    await this.page.keyboard.type(value)
    await this.page.keyboard.press('Enter')
  }

  /** Selects a node the way a keyboard does. */
  async selectByKey(label: string): Promise<void> {
    await this.node(label).focus()
    await this.page.keyboard.press('Enter')
    await expect(this.details().getByRole('heading', { level: 2, name: label })).toBeVisible()
  }

  async openFile(name: string, text: string): Promise<void> {
    const asked = this.page.waitForEvent('filechooser')
    await this.chooseFile('Open file…')
    await (await asked).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
  }

  /** Lets a file go over the window. */
  async dropFile(name: string, text: string): Promise<void> {
    await this.page.evaluate(
      ([fileName, content]) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([content], fileName, { type: 'application/json' }))
        for (const type of ['dragover', 'drop']) {
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
        }
      },
      [name, text] as const,
    )
  }

  /** Whether the focused element looks different for having the focus. */
  async isFocusSeen(): Promise<boolean> {
    return this.page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return false
      const looks = (): string =>
        [element, element.parentElement, element.firstElementChild]
          .flatMap((one) => (one ? [getComputedStyle(one), getComputedStyle(one, '::before')] : []))
          .map(({ outline, boxShadow, borderColor, backgroundColor }) => [outline, boxShadow, borderColor, backgroundColor].join())
          .join()
      const focused = looks()
      element.blur()
      const plain = looks()
      element.focus({ preventScroll: true })
      return focused !== plain
    })
  }
}

/** Tests get the page as `app`; one that complained to its console has failed. */
export const test = plainTest.extend<{ app: FaultlinePage }>({
  app: async ({ page }, provide) => {
    const app = new FaultlinePage(page)
    await provide(app)
    expect(app.complaints).toEqual([])
  },
})
