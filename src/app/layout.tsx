import type { ReactNode } from 'react'
import './layout.css'

export interface LayoutProps {
  bar: ReactNode
  /** Said once, above everything else: trouble with the run. */
  banner: ReactNode
  lesson: ReactNode
  /** What is added to the drawing comes from here. */
  rail: ReactNode
  canvas: ReactNode
  dock: ReactNode
  panel: ReactNode
  /** The details take most of the room. */
  wide: boolean
}

/** Where everything stands: bar on top, graph with lesson and timeline left, details right; one column on a phone. */
export function Layout({ bar, banner, lesson, rail, canvas, dock, panel, wide }: LayoutProps) {
  return (
    <div className="layout" data-wide={wide || undefined}>
      {bar}
      <main className="layout-main">
        {banner}
        <section className="layout-canvas" aria-label="Graph">
          <div className="layout-rail">{rail}</div>
          <div className="layout-stage">
            {lesson}
            <div className="layout-graph">{canvas}</div>
          </div>
        </section>
        <section className="layout-dock" aria-label="Timeline">
          {dock}
        </section>
      </main>
      <aside className="layout-panel" aria-label="Details">
        {panel}
      </aside>
    </div>
  )
}
