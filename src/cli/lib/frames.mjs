/**
 * Runs in the page: the times of its animation frames over some milliseconds, how often the playhead moved, and what there was
 * to see on average.
 */
export function watchFrames(forMs) {
  const FLIGHT_US = 450_000
  const WORDS = 8
  const { player } = window.faultline
  /** Calls and answers of the last flight's time: at so few a second on each line, every one is a particle. */
  const particles = () => {
    const { words, count } = player.records()
    const nowUs = player.playheadUs()
    let found = 0
    for (let at = (count - 1) * WORDS; at >= 0; at -= WORDS) {
      const atUs = words[at + 1] * 2 ** 32 + (words[at] >>> 0)
      if (nowUs - atUs > FLIGHT_US) break
      const kind = words[at + 2] & 0xff
      if (kind === 1 || kind === 2) found += 1
    }
    return found
  }
  const inSight = () =>
    [...document.querySelectorAll('.react-flow__node')].filter((node) => {
      const { right, bottom, left, top } = node.getBoundingClientRect()
      const stage = document.querySelector('.canvas-root').getBoundingClientRect()
      return right > stage.left && left < stage.right && bottom > stage.top && top < stage.bottom
    }).length
  return new Promise((resolve) => {
    const times = []
    const seen = []
    let moves = 0
    const stop = player.onFrame(() => {
      moves += 1
      seen.push(particles())
    })
    const onFrame = (nowMs) => {
      times.push(nowMs)
      if (nowMs - times[0] < forMs) return requestAnimationFrame(onFrame)
      stop()
      const shown = seen.length === 0 ? 0 : Math.round(seen.reduce((sum, value) => sum + value, 0) / seen.length)
      resolve({ times, moves, particles: shown, nodes: player.getState().nodes.length, nodesInSight: inSight() })
    }
    requestAnimationFrame(onFrame)
  })
}

/**
 * Figures of what {@link watchFrames} saw, while the page's thread computed for `busySeconds`. Frames a second are all frames over
 * all time: no slow one is left out.
 */
export function framesOf({ times, moves, ...rest }, busySeconds) {
  const gapsMs = times.slice(1).map((time, index) => time - times[index])
  const seconds = (times.at(-1) - times[0]) / 1_000
  const sorted = gapsMs.toSorted((left, right) => left - right)
  const slowMs = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))]
  const over33 = gapsMs.filter((gapMs) => gapMs > 33.4).length
  return {
    ...rest,
    fps: rounded(gapsMs.length / seconds),
    fpsMedian: rounded(1_000 / median(gapsMs)),
    fpsP5: rounded(1_000 / slowMs),
    over33Percent: rounded((over33 / gapsMs.length) * 100),
    movesPerSecond: rounded(moves / seconds),
    busyMsPerMove: rounded((busySeconds * 1_000) / Math.max(1, moves)),
  }
}

/** The middle of some numbers; the mean of the two middle ones when there are even many. */
export function median(values) {
  const sorted = values.toSorted((left, right) => left - right)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

function rounded(value) {
  return Number(value.toFixed(1))
}
