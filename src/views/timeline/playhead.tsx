import { useCallback, useEffect, useRef, type RefObject } from 'react'
import type { Player } from '../../player/types.ts'
import { clockText } from '../../ui/clock-text.ts'
import { throttle } from '../../ui/throttle.ts'
import type { Scrub } from './use-scrub.ts'

const SAY_EVERY_MS = 250

export interface PlayheadParts {
  line: RefObject<HTMLDivElement | null>
  /** What makes everything beyond the playhead faint. */
  veil: RefObject<HTMLDivElement | null>
  handle: RefObject<HTMLDivElement | null>
  /** Draws the playhead somewhere at once. */
  show: (us: number) => void
}

/** Moves the playhead past React, a pixel at a time. */
export function usePlayhead(player: Player, endUs: number, widthPx: number): PlayheadParts {
  const line = useRef<HTMLDivElement>(null)
  const veil = useRef<HTMLDivElement>(null)
  const handle = useRef<HTMLDivElement>(null)
  const show = useCallback(
    (us: number) => {
      const px = Math.round(Math.min(1, us / endUs) * widthPx * 2) / 2
      for (const { current } of [line, veil]) if (current) current.style.transform = `translateX(${px}px)`
    },
    [endUs, widthPx],
  )
  useEffect(() => {
    const say = throttle(() => {
      const us = player.playheadUs()
      handle.current?.setAttribute('aria-valuenow', String(hundredths(us)))
      handle.current?.setAttribute('aria-valuetext', clockText(us))
    }, SAY_EVERY_MS)
    const move = (us: number) => {
      show(us)
      say()
    }
    move(player.playheadUs())
    const stop = player.onFrame(move)
    return () => {
      stop()
      say.cancel()
    }
  }, [player, show])
  return { line, veil, handle, show }
}

export interface PlayheadProps {
  parts: PlayheadParts
  plot: RefObject<HTMLDivElement | null>
  scrub: Scrub
  endUs: number
  startUs: number
}

/** The line across all lanes, with the handle that keyboards and screen readers travel by. */
export function Playhead({ parts, plot, scrub, endUs, startUs }: PlayheadProps) {
  return (
    <div className="timeline-over" ref={plot}>
      <div className="timeline-line" ref={parts.line}>
        <div
          className="timeline-handle"
          ref={parts.handle}
          role="slider"
          tabIndex={0}
          aria-label="Playhead"
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={endUs / 1e6}
          aria-valuenow={hundredths(startUs)}
          aria-valuetext={clockText(startUs)}
          onKeyDown={(event) => scrub.onKeyDown(event)}
        />
      </div>
    </div>
  )
}

/** Over lanes that hold what was computed; what was planned, as faults, stays clear. */
export function Veil({ parts }: { parts: PlayheadParts }) {
  return (
    <div className="timeline-over timeline-under-line" aria-hidden="true">
      <div className="timeline-veil" ref={parts.veil} />
    </div>
  )
}

/** Seconds, to a hundredth. */
function hundredths(us: number): number {
  return Math.round(us / 1e4) / 100
}
