import { Dices, Pause, Play, RotateCcw, SkipForward, StepForward } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { Player } from '../../player/types.ts'
import { IconButton } from '../../ui/button.tsx'
import { clockText, secondsText } from '../../ui/clock-text.ts'
import { NumberField } from '../../ui/number-field.tsx'
import { Slider } from '../../ui/slider.tsx'
import { follow } from '../../ui/throttle.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { writeText } from '../../ui/write-text.ts'
import { togglePlay } from './toggle-play.ts'
import { useTransportKeys } from './use-transport-keys.ts'
import './transport.css'

/** Simulated seconds per second that the speed slider offers. */
const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20] as const
const SEED_MAX = 1_000_000_000
const CLOCK_EVERY_MS = 66

export interface TransportProps {
  player: Player
  editor: EditorStore
  /** More ways to move the playhead, after the clock. */
  children: ReactNode
}

/** The bar that moves the playhead: play, steps, time, speed and seed. Also takes the keys Space, point, N and Home. */
export function Transport({ player, editor, children }: TransportProps) {
  useTransportKeys(player)
  return (
    <div className="transport" role="group" aria-label="Playback">
      <Moves player={player} />
      <Clock player={player} />
      {children}
      <Speed player={player} />
      <Seed editor={editor} />
    </div>
  )
}

function Moves({ player }: { player: Player }) {
  const playing = useSlice(player, (state) => state.status === 'playing')
  const ready = useSlice(player, (state) => state.run !== undefined)
  return (
    <div className="transport-moves">
      <IconButton label="Start over" shortcut="Home" disabled={!ready} onClick={() => player.restart()}>
        <RotateCcw />
      </IconButton>
      <IconButton label={playing ? 'Pause' : 'Play'} shortcut="Space" tone="primary" disabled={!ready} onClick={() => togglePlay(player)}>
        {playing ? <Pause fill="currentColor" /> : <Play fill="currentColor" />}
      </IconButton>
      <IconButton label="One event on" shortcut="." disabled={!ready} onClick={() => player.stepEvent()}>
        <StepForward />
      </IconButton>
      <IconButton label="On to the next change of state" shortcut="N" disabled={!ready} onClick={() => player.stepTransition()}>
        <SkipForward />
      </IconButton>
    </div>
  )
}

/** The simulated time. Written past React: it moves every frame. */
function Clock({ player }: { player: Player }) {
  const text = useRef<HTMLSpanElement>(null)
  const endUs = useSlice(player, (state) => state.endUs)
  useEffect(() => {
    const show = () => {
      if (text.current) writeText(text.current, clockText(player.playheadUs()))
    }
    return follow((listener) => player.onFrame(listener), show, CLOCK_EVERY_MS)
  }, [player])
  return (
    <p className="transport-clock ui-mono">
      <span className="ui-hidden">Simulated time</span>
      <span ref={text} className="transport-now" data-testid="clock" />
      <span className="transport-unit"> s</span>
      <span className="transport-end">of {secondsText(endUs, 1)}</span>
    </p>
  )
}

function Speed({ player }: { player: Player }) {
  const speed = useSlice(player, (state) => state.speed)
  return (
    <div className="transport-speed">
      <span className="transport-label" aria-hidden="true">
        Speed
      </span>
      <Slider label="Speed" value={speed} min={0.1} max={20} scale={SPEEDS} text={speedText} onChange={(next) => player.setSpeed(next)} />
      <output className="transport-speed-value ui-mono" aria-hidden="true">
        {speedText(speed)}
      </output>
    </div>
  )
}

function speedText(speed: number): string {
  return `${Number(speed.toPrecision(2))}×`
}

function Seed({ editor }: { editor: EditorStore }) {
  const seed = useSlice(editor, (state) => state.blueprint.seed)
  const setSeed = (next: number) => editor.getState().dispatch({ type: 'set-seed', seed: next })
  return (
    <div className="transport-seed">
      <NumberField label="Seed" showLabel value={seed} whole min={0} max={SEED_MAX} onCommit={setSeed} />
      <IconButton label="New seed: same system, other luck" onClick={() => setSeed(otherSeed(seed))}>
        <Dices />
      </IconButton>
    </div>
  )
}

/** A short one, so that it can be read out over a desk. */
function otherSeed(seed: number): number {
  const next = 1 + Math.floor(Math.random() * 9_998)
  return next >= seed ? next + 1 : next
}
