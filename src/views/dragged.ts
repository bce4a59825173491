/** The type of what is dragged from the palette to the canvas: a kind, or {@link NOTE}. */
export const DRAGGED_KIND = 'application/x-faultline-kind'
/** Stands for a note where a kind is expected. */
export const NOTE = 'note'
