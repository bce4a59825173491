/**
 * Numbers (from 0) of the lines of `after` that are new or different from `before`, by longest common subsequence. Where lines
 * were only taken out, the line after the gap counts as changed, so that every edit shows somewhere.
 */
export function changedLines(before: readonly string[], after: readonly string[]): Set<number> {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const old = before.slice(start, before.length - end)
  const fresh = after.slice(start, after.length - end)
  const kept = keptLines(old, fresh)
  const changed = new Set<number>()
  fresh.forEach((_, index) => {
    if (!kept.has(index)) changed.add(start + index)
  })
  if (changed.size === 0 && old.length > fresh.length && after.length > 0) changed.add(Math.min(start, after.length - 1))
  return changed
}

/** Indices in `fresh` of the lines that a longest common subsequence keeps. */
function keptLines(old: readonly string[], fresh: readonly string[]): Set<number> {
  const columns = fresh.length + 1
  const lengths = new Uint16Array((old.length + 1) * columns)
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = fresh.length - 1; column >= 0; column -= 1) {
      const at = row * columns + column
      lengths[at] =
        old[row] === fresh[column] ? (lengths[at + columns + 1] ?? 0) + 1 : Math.max(lengths[at + columns] ?? 0, lengths[at + 1] ?? 0)
    }
  }
  const kept = new Set<number>()
  let row = 0
  let column = 0
  while (row < old.length && column < fresh.length) {
    const at = row * columns + column
    if (old[row] === fresh[column]) {
      kept.add(column)
      row += 1
      column += 1
    } else if ((lengths[at + columns] ?? 0) >= (lengths[at + 1] ?? 0)) row += 1
    else column += 1
  }
  return kept
}
