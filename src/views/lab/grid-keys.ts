/** A place in a grid. */
export interface Place {
  row: number
  column: number
}

/** Where a key leads within a grid, or undefined when it leads nowhere. */
export function moveInGrid({ row, column }: Place, key: string, rows: number, columns: number): Place | undefined {
  switch (key) {
    case 'ArrowRight':
      return column + 1 < columns ? { row, column: column + 1 } : undefined
    case 'ArrowLeft':
      return column > 0 ? { row, column: column - 1 } : undefined
    case 'ArrowDown':
      return row + 1 < rows ? { row: row + 1, column } : undefined
    case 'ArrowUp':
      return row > 0 ? { row: row - 1, column } : undefined
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: columns - 1 }
    default:
      return undefined
  }
}
