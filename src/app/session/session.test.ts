import { describe, expect, it } from 'vitest'
import { settingAt } from '../../model/settings.ts'
import { scenarios } from '../../scenarios/index.ts'
import { Session } from './session.ts'
import { FakePlayer } from './testing/fake-player.ts'

function open(hash = '') {
  const player = new FakePlayer()
  return { player, session: new Session(player, scenarios, hash) }
}

describe('a session', () => {
  it('opens the first scenario and plays it', () => {
    const { player, session } = open()
    expect(session.editor.getState().scenario).toBe(scenarios[0]?.id)
    expect(player.loads.map(({ keepPlayhead }) => keepPlayhead)).toEqual([false])
    expect(player.getState().status).toBe('playing')
  })

  it('opens what the address names, and the first when it names nothing known', () => {
    expect(open('#scenario=flapping').session.editor.getState().scenario).toBe('flapping')
    expect(open('#scenario=nothing').session.editor.getState().scenario).toBe(scenarios[0]?.id)
  })

  it('follows the address, the bare one to the first scenario', () => {
    const { session } = open('#scenario=flapping')
    session.follow('#something-else')
    expect(session.editor.getState().scenario).toBe('flapping')
    session.follow('')
    expect(session.editor.getState().scenario).toBe(scenarios[0]?.id)
  })

  it('runs edits anew to the same moment, and leaves the run alone when only the drawing moved', () => {
    const { player, session } = open()
    session.editor.getState().dispatch({ type: 'move-nodes', positions: { api: { x: 9, y: 9 } } })
    expect(player.loads.length).toBe(1)
    session.editor.getState().dispatch({ type: 'set-seed', seed: 99 })
    expect(player.loads.at(-1)).toMatchObject({ keepPlayhead: true, ghost: undefined })
    session.editor.getState().undo()
    expect(player.loads.at(-1)?.blueprint.seed).toBe(scenarios[0]?.blueprint.seed)
  })

  it('bypasses at the same moment with the whole former run as a ghost', async () => {
    const { player, session } = open()
    player.seek(4_000_000)
    await session.bypass('breaker')
    expect(player.loads.at(-1)).toMatchObject({ keepPlayhead: true, ghost: 'with Payment breaker' })
    expect(player.playheadUs()).toBe(4_000_000)
    expect(player.getState().headUs).toBe(16_000_000)
    expect(player.getState().status).toBe('playing')
    expect(session.shell.getState().compared).toMatchObject({ node: 'breaker', change: 'Without Payment breaker' })
    await session.bypass('breaker', true)
    expect(player.loads.length).toBe(2)
  })

  it('tries what lies deep in a setting, says it by its name, and puts the whole setting back', async () => {
    const { session } = open('#scenario=order-saga')
    const stepsNow = () => session.editor.getState().blueprint.nodes.find(({ id }) => id === 'saga')?.config['steps']
    const before = stepsNow()
    await session.try(0)
    expect(settingAt(stepsNow(), [2, 'onUnknown'])).toBe('compensate')
    expect(session.shell.getState().compared?.change).toBe('With ship_order when unknown “Compensate” instead of “Ask again”')
    session.putBack()
    expect(stepsNow()).toBe(before)
  })

  it('ends the comparison when what was changed is put back, by its button or by the switch', async () => {
    const { player, session } = open()
    const before = session.editor.getState().blueprint
    for (const putBack of [async () => session.putBack(), () => session.bypass('breaker', false)]) {
      await session.bypass('breaker')
      await putBack()
      expect(session.editor.getState().blueprint).toEqual(before)
      expect(player.loads.at(-1)?.ghost).toBeUndefined()
      expect(session.shell.getState().compared).toBeUndefined()
    }
  })

  it('drops the ghost at the next edit', async () => {
    const { player, session } = open()
    await session.bypass('breaker')
    session.editor.getState().dispatch({ type: 'set-seed', seed: 99 })
    expect(player.loads.at(-1)?.ghost).toBeUndefined()
    expect(session.shell.getState().compared).toBeUndefined()
  })

  it('lands a try of the address where its point is seen', async () => {
    const { player, session } = open(`#scenario=${scenarios[0]?.id}&try=0`)
    await Promise.resolve()
    await expect.poll(() => player.loads.at(-1)?.ghost).toBe('with Payment breaker')
    expect(session.editor.getState().blueprint.nodes.find(({ id }) => id === 'breaker')?.bypassed).toBe(true)
    expect(player.playheadUs()).toBe(16_000_000)
  })

  it('leaves everything as it is when a file cannot be opened, and says why', () => {
    const { player, session } = open()
    const before = session.editor.getState().blueprint
    session.openText('x.json', '{"schemaVersion": 99}')
    expect(session.editor.getState().blueprint).toBe(before)
    expect(player.loads.length).toBe(1)
    expect(session.shell.getState().refused?.problems[0]?.path).toBe('schemaVersion')
  })

  it('visits a run of the lab and comes back to the drawing and the moment before, whatever was done there', async () => {
    const { player, session } = open('#scenario=order-saga')
    const drawing = session.editor.getState().blueprint
    player.seek(4_000_000)
    await session.visit({ ...drawing, name: 'A cell', seed: 5 }, 1_000_000)
    expect(player.loads.at(-1)).toMatchObject({ keepPlayhead: false })
    expect([player.playheadUs(), player.getState().status]).toEqual([1_000_000, 'playing'])
    expect(session.shell.getState()).toMatchObject({ lab: false, visitFrom: { playheadUs: 4_000_000 } })
    session.editor.getState().dispatch({ type: 'set-seed', seed: 6 })
    await session.endVisit()
    expect(session.editor.getState()).toMatchObject({ blueprint: drawing, scenario: 'order-saga' })
    expect(player.playheadUs()).toBe(4_000_000)
    expect(session.shell.getState().visitFrom).toBeUndefined()
  })

  it('ends a visit by undo as well', async () => {
    const { session } = open('#scenario=order-saga')
    await session.visit({ ...session.editor.getState().blueprint, seed: 5 }, 0)
    session.editor.getState().undo()
    expect(session.shell.getState().visitFrom).toBeUndefined()
  })
})
