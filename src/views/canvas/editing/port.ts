/** A point on the screen or on the drawing, in pixels. */
export interface Point {
  x: number
  y: number
}

/** Turns a point of the screen into a place on the drawing. */
export type ToDrawing = (screen: Point) => Point

/** What whoever wires the page may ask of the canvas; set while the canvas is there. */
export interface CanvasPort {
  /** The drawing's place under a point of the screen. */
  toDrawing: ToDrawing
  /** The drawing's place in the middle of what is seen. */
  middle: () => Point
  /** Shows everything. */
  fit: () => void
  /** Shows everything when one of these cannot be seen, as soon as what is new has its size. */
  reveal: (ids: readonly string[]) => void
  /** The size of a node's card, in pixels at zoom 1, once it is measured. */
  sizeOf: (id: string) => { width: number; height: number } | undefined
  /** Moves the keyboard's focus to a node. */
  focus: (id: string) => void
}

/** Where a menu is asked for: on these nodes, edges and notes, or on none. `screen` is where it opens, `place` where that is on the drawing. */
export interface MenuRequest {
  screen: Point
  place: Point
  ids: readonly string[]
}

/** What people ask for on the canvas that the canvas itself cannot do. */
export interface CanvasRequests {
  onMenu: (request: MenuRequest) => void
  /** A line was pulled out of a node and let go over nothing, or its handle was pressed. */
  onAddFrom: (from: string, screen: Point, place: Point) => void
  /** A particle was pressed that flies on behalf of this request. */
  onPick: (request: number) => void
  /** Why something was not done, in a sentence. */
  onRefused: (why: string) => void
  /** A name was pressed twice. */
  onRename: (node: string) => void
  /** A name was typed, or not (undefined). */
  onRenamed: (node: string, label: string | undefined) => void
}
