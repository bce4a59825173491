/** The same numbers with room for `index`; beyond what was there, zeros. */
export function grown<A extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(column: A, index: number): A {
  if (index < column.length) return column
  let length = column.length
  while (length <= index) length *= 2
  const wider = (column instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)) as A
  wider.set(column)
  return wider
}
