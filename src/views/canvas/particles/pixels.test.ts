import { expect, test } from 'vitest'
import { Pixels, type Sheet } from './pixels.ts'

const RED = 0xff0000ff
const HALF_GREEN = 0x8000ff00
/** Two pictures of two by two: all red; half-transparent green over a clear row. */
const SHEET: Sheet = { cell: 2, width: 4, pixels: new Uint32Array([RED, RED, HALF_GREEN, HALF_GREEN, RED, RED, 0, 0]) }

function pixelsAfter(stamps: (pixels: Pixels) => void): number[][] {
  const pixels = new Pixels()
  pixels.clear(4, 3)
  stamps(pixels)
  const flat = [...new Uint32Array(pixels.bytes().buffer)]
  return [0, 1, 2].map((row) => flat.slice(row * 4, row * 4 + 4))
}

test('a stamp covers what is below it and leaves the rest', () => {
  expect(pixelsAfter((pixels) => pixels.stamp(SHEET, 0, 1, 1, 1))).toEqual([
    [0, 0, 0, 0],
    [0, RED, RED, 0],
    [0, RED, RED, 0],
  ])
})

test('what reaches beyond an edge is cut there, on every side', () => {
  const corners = pixelsAfter((pixels) => {
    for (const [left, top] of [[-1, -1], [3, -1], [-1, 2], [3, 2], [9, 9], [-9, -9]] as const) pixels.stamp(SHEET, 0, left, top, 1)
  })
  expect(corners).toEqual([
    [RED, 0, 0, RED],
    [0, 0, 0, 0],
    [RED, 0, 0, RED],
  ])
})

test('what is half transparent is mixed with what is below, and opacity counts', () => {
  const [top, middle] = pixelsAfter((pixels) => {
    pixels.stamp(SHEET, 0, 0, 0, 1)
    pixels.stamp(SHEET, 1, 1, 0, 1)
    pixels.stamp(SHEET, 1, 0, 1, 0.5)
  })
  // Half green over red is opaque and half of each; over nothing it stays as it is.
  expect(top).toEqual([RED, 0xff00807f, HALF_GREEN, 0])
  // A quarter of green over red.
  expect(middle?.slice(0, 2)).toEqual([0xff0040bf, 0xff0040bf])
})

test('clearing keeps nothing, at the same size and at another', () => {
  const pixels = new Pixels()
  for (const [width, height] of [[4, 3], [4, 3], [2, 2]] as const) {
    pixels.clear(width, height)
    expect(pixels.bytes().every((byte) => byte === 0)).toBe(true)
    expect(pixels.bytes().length).toBe(width * height * 4)
    pixels.stamp(SHEET, 0, 0, 0, 1)
  }
})
