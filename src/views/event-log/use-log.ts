import { useEffect, useMemo, useRef, useState } from 'react'
import { LogClient, type LogRows } from '../../log/client.ts'
import type { LogFilter, LogRow } from '../../log/types.ts'
import { lasting } from '../../model/lasting.ts'
import type { Player } from '../../player/types.ts'
import { useSlice } from '../../ui/use-slice.ts'

export const PAGE_ROWS = 120

export interface Log {
  page: LogRows | undefined
  trouble: string | undefined
  /** Asks for rows from one on. */
  show: (first: number) => void
  /** All that happened to the request that was asked for; undefined until it is known. */
  requestRows: readonly LogRow[] | undefined
  /** The nth row that passes. */
  rowAt: (place: number) => Promise<LogRow | undefined>
}

/** The log of the run that the player shows; asks anew for another run, filter, request or playhead. */
export function useLog(player: Player, filter: LogFilter, request: number | undefined): Log {
  const client = useRef<LogClient>(undefined)
  /** The drawing whose run can be asked about. */
  const [opened, setOpened] = useState<unknown>()
  const [wanted, setWanted] = useState({ filter, first: 0 })
  const [page, setPage] = useState<LogRows>()
  const [trouble, setTrouble] = useState<string>()
  const [told, setTold] = useState<{ blueprint: unknown; request: number; rows: readonly LogRow[] }>()
  const drawing = useSlice(player, ({ run }) => run?.blueprint)
  const endUs = useSlice(player, (state) => state.endUs)
  const blueprint = useMemo(() => drawing && lasting(drawing, endUs), [drawing, endUs])
  const atUs = useSlice(player, ({ playheadUs, status }) => (status === 'playing' ? Math.floor(playheadUs / 1e6) * 1e6 : playheadUs))
  const first = wanted.filter === filter ? wanted.first : 0

  useEffect(() => {
    if (!blueprint) return
    const log = new LogClient()
    client.current = log
    const open = async (): Promise<void> => {
      const why = await troubleOf(log.open(blueprint))
      setTrouble(why)
      if (why === undefined) setOpened(blueprint)
    }
    void open()
    return () => {
      log.dispose()
      client.current = undefined
    }
  }, [blueprint])

  useEffect(() => {
    if (opened === undefined || opened !== blueprint) return
    let isStale = false
    const ask = async (log: LogClient): Promise<void> => {
      const next = log.rows(filter, first, PAGE_ROWS, atUs)
      const why = await troubleOf(next)
      if (isStale) return
      if (why === undefined) setPage(await next)
      else setTrouble(why)
    }
    if (client.current) void ask(client.current)
    return () => {
      isStale = true
    }
  }, [opened, blueprint, filter, first, atUs])

  useEffect(() => {
    if (request === undefined || opened === undefined || opened !== blueprint) return
    let isStale = false
    void client.current?.request(request).then((rows) => isStale || setTold({ blueprint, request, rows }))
    return () => {
      isStale = true
    }
  }, [opened, blueprint, request])

  return {
    page,
    trouble,
    show: (from) => setWanted({ filter, first: Math.floor(from) }),
    requestRows: told?.blueprint === blueprint && told?.request === request ? told?.rows : undefined,
    rowAt: async (place) => (await client.current?.rows(filter, place, 1, atUs))?.rows[0],
  }
}

/** Why a promise was not kept, as a sentence; undefined when it was. */
async function troubleOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
