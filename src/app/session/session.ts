import { SCHEMA_VERSION, type Blueprint, type Lesson } from '../../model/blueprint.ts'
import { lasting } from '../../model/lasting.ts'
import { parseBlueprintText } from '../../model/parse.ts'
import { hasErrors } from '../../model/problem.ts'
import { settingAt, withSetting } from '../../model/settings.ts'
import { addedIds, type Command } from '../../editor/commands.ts'
import { createEditorStore, type EditorStore } from '../../editor/store.ts'
import type { Ghost, Player } from '../../player/types.ts'
import type { Scenario } from '../../scenarios/index.ts'
import { throttle } from '../../ui/throttle.ts'
import { createCodeStore, type CodeStore } from '../../views/code-store.ts'
import type { CanvasPort } from '../../views/canvas/editing/port.ts'
import { createDraftStore, type DraftStore } from '../../views/text/drafts.ts'
import { differenceOf } from './difference.ts'
import type { Kept } from './keeping.ts'
import { readLink, scenarioLink, sharedLink } from './links.ts'
import { sameRun } from './same-run.ts'
import { createShell, type Compared, type ShellStore } from './shell.ts'
import { travel } from './travel.ts'
import { firstOpening, settingWords } from './tries.ts'

const SAY_EVERY_MS = 300
const EMPTY: Blueprint = { schemaVersion: SCHEMA_VERSION, name: 'Untitled', nodes: [], edges: [], faults: [], interventions: [], seed: 1, durationMs: 20_000 }
type Setting = Extract<Lesson['tries'][number], { action: 'set' }>

/** One visit: the drawing, its run, and what ties them together. Knows no React. */
export class Session {
  readonly player: Player
  readonly editor: EditorStore
  readonly shell: ShellStore = createShell()
  readonly code: CodeStore = createCodeStore()
  readonly drafts: DraftStore = createDraftStore()
  readonly scenarios: readonly Scenario[]
  /** The canvas, while it is on the page. */
  canvas: CanvasPort | undefined
  #nextGhost: Ghost | undefined
  #fromStart = false
  #hasToldOfRerun = false

  /** Under which id a drawing is kept in the browser, by drawing as the editor counts them. */
  readonly keptIds = new Map<number, string>()

  /** Goes on with what was kept, else opens the scenario that the address asks for, else the first; starts playing. */
  constructor(player: Player, scenarios: readonly Scenario[], hash: string, kept?: Kept) {
    const [first] = scenarios
    if (!first) throw new Error('There must be a first scenario.')
    this.player = player
    this.scenarios = scenarios
    const link = readLink(hash)
    const scenario = scenarios.find(({ id }) => id === link.scenario) ?? first
    const blueprint = kept?.blueprint ?? scenario.blueprint
    this.editor = createEditorStore(blueprint, kept ? kept.scenario : scenario.id)
    if (kept) this.keptIds.set(this.editor.getState().drawing, kept.id)
    if (kept) this.shell.setState({ said: `Here is “${kept.blueprint.name}” as you left it.` })
    this.editor.subscribe((now, before) => {
      this.#onEdit(now.blueprint, before.blueprint)
      // Who chooses something on the canvas wants to see it, not to read on in the text.
      if (now.selected.length > 0 && now.selected !== before.selected && now.drawing === before.drawing && this.shell.getState().tab === 'text') this.shell.setState({ tab: 'inspect' })
      // What is new is shown; another drawing is fitted anyway.
      if (now.blueprint !== before.blueprint && now.drawing === before.drawing) this.canvas?.reveal(addedIds(before.blueprint, now.blueprint))
    })
    const compare = throttle(() => this.#compare(), SAY_EVERY_MS)
    player.subscribe(compare)
    player.load(blueprint, { keepPlayhead: false })
    if (link.share !== undefined) void this.openShared(link.share)
    else player.play()
    if (link.tryIndex !== undefined) void this.try(link.tryIndex)
  }

  /** Follows an address that changed while the page was open: opens what it names afresh. */
  follow(hash: string): void {
    const link = readLink(hash)
    if (link.share !== undefined) return void this.openShared(link.share)
    // The bare address is the first scenario's: Back leads there too.
    const scenario = link.scenario ?? (hash.length <= 1 ? this.scenarios[0]?.id : undefined)
    if (scenario !== undefined) this.#openScenario(scenario)
    if (link.tryIndex !== undefined) void this.try(link.tryIndex)
    return undefined
  }

  /** Opens a built-in scenario afresh and puts it into the address, so that Back leads back. */
  go(id: string): void {
    const hash = scenarioLink(id)
    if (window.location.hash === hash) this.#openScenario(id)
    else window.location.hash = hash
  }

  /** Opens a file's text; when it cannot be opened, everything stays as it is and the page says why. */
  openText(name: string, text: string): void {
    const { blueprint, problems } = parseBlueprintText(text)
    if (!blueprint || hasErrors(problems)) return this.shell.setState({ refused: { name, problems } })
    // First the address, so that Back leads to what was open before.
    this.openOwn(blueprint)
  }

  /** Opens the moment that a link tells of and stands still there; a link that cannot be opened changes nothing but says why. */
  async openShared(text: string): Promise<void> {
    const { decodeShared } = await import('../../model/share.ts')
    const { shared, problems } = decodeShared(text)
    if (!shared) return this.shell.setState({ refused: { name: 'This link', problems, byLink: true } })
    this.#open(shared.blueprint, undefined)
    this.player.pause()
    this.player.seek(shared.playheadUs)
    this.editor.getState().selectMany(shared.selected)
  }

  /** The drawing with a run as long as it was watched: what is told about the run is told of all of it. */
  watched(blueprint = this.editor.getState().blueprint): Blueprint {
    return lasting(blueprint, this.player.getState().endUs)
  }

  /** The address of this very moment: drawing, seed, faults, playhead and selection. */
  async shareLink(): Promise<string> {
    const { encodeShared } = await import('../../model/share.ts')
    const { selected } = this.editor.getState()
    const text = encodeShared({ blueprint: this.watched(), playheadUs: Math.round(this.player.playheadUs()), selected })
    return window.location.origin + window.location.pathname + sharedLink(text)
  }

  /** Stands still and shows one request's way through the nodes, everything else faint; undefined: the log's rows again. */
  showSequence(request: number | undefined): void {
    if (request !== undefined) this.player.pause()
    this.player.watch(request ?? 0)
    this.shell.setState({ tab: 'log', sequence: request })
  }

  /** Stands still and shows the link to where it stands. */
  openShare(): void {
    this.player.pause()
    // Only then it is known where.
    void this.player.whenIdle().then(() => this.shell.setState({ dialog: 'share' }))
  }

  /** Opens a drawing that the browser keeps; changes are kept under the same id. */
  openKept({ id, blueprint }: Kept): void {
    this.openOwn(blueprint)
    this.keptIds.set(this.editor.getState().drawing, id)
  }

  /** Opens an empty drawing, or one of one's own. */
  openOwn(blueprint: Blueprint = { ...EMPTY }): void {
    if (window.location.hash !== '') window.history.pushState(null, '', window.location.pathname + window.location.search)
    this.#open(blueprint, undefined)
  }

  /** Takes a node out of the calls' way, or puts it back, in the same run at the same moment; the other run stays as a ghost. */
  async bypass(id: string, bypassed = this.#node(id)?.bypassed !== true): Promise<void> {
    const node = this.#node(id)
    if (!node || node.bypassed === bypassed) return
    const back = this.shell.getState().compared?.back
    if (back?.type === 'set-bypassed' && back.node === id) return this.putBack()
    await this.#whatIf(`${bypassed ? 'with' : 'without'} ${node.label}`, { type: 'set-bypassed', node: id, bypassed }, {
      node: id,
      change: `${bypassed ? 'Without' : 'With'} ${node.label}`,
      back: { type: 'set-bypassed', node: id, bypassed: !bypassed },
      backLabel: bypassed ? `Put ${node.label} back` : `Bypass ${node.label} again`,
    })
  }

  /** Puts back what was changed for comparison, which ends it: the lesson goes on. */
  putBack(): void {
    const { compared } = this.shell.getState()
    if (compared) this.editor.getState().dispatch(compared.back)
  }

  /** Runs the same luck to the same moment with one thing changed; the run before stays as a ghost. */
  async #whatIf(ghostLabel: string, command: Command, compared: Compared): Promise<void> {
    const { player } = this
    const { status, endUs } = player.getState()
    const { blueprint } = this.editor.getState()
    const playheadUs = player.playheadUs()
    if (status === 'playing') player.pause()
    // To the end first, so that the ghost tells the whole story, then back to where the reader was.
    if (player.getState().headUs < endUs) {
      await travel(player, endUs)
      await travel(player, playheadUs)
    }
    // A second click, or another edit, came meanwhile.
    if (this.editor.getState().blueprint !== blueprint) return
    const { series } = player.getState()
    this.#nextGhost = series && { label: ghostLabel, series }
    this.shell.setState({ compared })
    this.editor.getState().dispatch(command)
    if (status === 'playing') player.play()
  }

  /** Does one of the lesson's tries, where its point is best seen. */
  async try(index: number): Promise<void> {
    const chosen = this.editor.getState().blueprint.lesson?.tries[index]
    if (!chosen) return
    const { player } = this
    player.pause()
    // A try starts from the lesson as it is, not from the try before.
    this.putBack()
    await travel(player, player.getState().endUs)
    if (chosen.action === 'bypass') return this.bypass(chosen.node, true)
    if (chosen.action === 'set') return this.#trySetting(chosen)
    const change = firstOpening(this.editor.getState().blueprint, chosen.node, player.getState().transitions)
    this.editor.getState().select(chosen.node)
    this.shell.setState({ tab: 'inspect' })
    if (change) await travel(player, change.atUs)
  }

  async #trySetting({ node: id, field, path, value }: Setting): Promise<void> {
    const node = this.#node(id)
    const whole = node?.config[field]
    const before = settingAt(whole, path)
    if (!node || before === value) return
    const { label, valueText } = settingWords(node.kind, field, whole, path)
    await this.#whatIf(`${label} ${valueText(before)}`, { type: 'set-config', node: id, field, value: withSetting(whole, path, value) }, {
      node: id,
      change: `With ${label} ${valueText(value)} instead of ${valueText(before)}`,
      back: { type: 'set-config', node: id, field, value: whole },
      backLabel: `Back to ${valueText(before)}`,
    })
  }

  /** Opens a run of the lab in place of the drawing, an undoable step, and plays it from `fromUs` on. */
  async visit(run: Blueprint, fromUs: number): Promise<void> {
    const { player } = this
    const visitFrom = { blueprint: this.editor.getState().blueprint, playheadUs: player.playheadUs() }
    this.#open(run, undefined)
    this.shell.setState({ lab: false, visitFrom })
    player.pause()
    await travel(player, fromUs)
    player.play()
  }

  /** Back from a run of the lab, whatever was done to it, to the drawing and the moment before. */
  async endVisit(): Promise<void> {
    const { visitFrom } = this.shell.getState()
    if (!visitFrom) return
    this.player.pause()
    while (this.editor.getState().past.length > 0 && this.editor.getState().blueprint !== visitFrom.blueprint) this.editor.getState().undo()
    await travel(this.player, visitFrom.playheadUs)
  }

  /** Removes the ghost and its sentence. */
  stopComparing(): void {
    this.shell.setState({ compared: undefined, difference: undefined })
    this.player.load(this.editor.getState().blueprint, { keepPlayhead: true })
  }

  /** After trouble: the run from its start, on a new worker if it must be. */
  startOver(): void {
    if (this.player.getState().status === 'stopped-by-error') this.player.restart()
    else this.player.load(this.editor.getState().blueprint, { keepPlayhead: false })
    this.player.play()
  }

  #node(id: string) {
    return this.editor.getState().blueprint.nodes.find((node) => node.id === id)
  }

  #openScenario(id: string): void {
    const scenario = this.scenarios.find((candidate) => candidate.id === id)
    if (scenario) this.#open(scenario.blueprint, scenario.id)
  }

  #open(blueprint: Blueprint, scenario: string | undefined): void {
    this.#fromStart = true
    this.shell.setState({ spotlight: [], compared: undefined, difference: undefined, visitFrom: undefined, refused: undefined, sequence: undefined })
    const before = this.editor.getState().blueprint
    this.editor.getState().open(blueprint, scenario)
    // Opened again as it was: nothing to notice, yet it is to start over.
    if (sameRun(blueprint, before)) this.#onEdit(blueprint, undefined)
    this.player.play()
  }

  /** Every change that matters runs anew: to the same moment, or from the start when another drawing was opened. */
  #onEdit(now: Blueprint, before: Blueprint | undefined): void {
    if (now === this.shell.getState().visitFrom?.blueprint) this.shell.setState({ visitFrom: undefined })
    if (before && sameRun(now, before)) return
    const ghost = this.#nextGhost
    const keepPlayhead = !this.#fromStart
    this.#nextGhost = undefined
    this.#fromStart = false
    if (!ghost) this.shell.setState({ compared: undefined })
    this.shell.setState({ difference: undefined })
    if (before && keepPlayhead && !ghost) this.#tellOfRerun(before)
    this.player.load(now, ghost ? { keepPlayhead, ghost } : { keepPlayhead })
  }

  /** Once a visit: who sees the past change wants to know why. */
  #tellOfRerun({ nodes }: Blueprint): void {
    const { said } = this.shell.getState()
    if (this.#hasToldOfRerun || said !== undefined || nodes.length === 0 || this.player.playheadUs() === 0) return
    this.#hasToldOfRerun = true
    this.shell.setState({ said: 'The same run again, from the start to here, with your change.' })
  }

  #compare(): void {
    const { compared, difference } = this.shell.getState()
    const next = differenceOf(this.player.getState(), compared)
    if (next !== undefined && next !== difference) this.shell.setState({ difference: next })
  }
}
