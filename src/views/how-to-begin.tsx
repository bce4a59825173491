import { useMedia } from '../ui/use-media.ts'

/** What is said where nothing is drawn yet. */
export function HowToBegin({ className }: { className?: string }) {
  // Where there is no room beside the drawing, the tools stand above it.
  const isNarrow = useMedia('(width <= 860px)')
  return <p className={className}>{`Add something from ${isNarrow ? 'the bar above the drawing' : 'the left'}, or write it under Text.`}</p>
}
