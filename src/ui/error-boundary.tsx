import { Component, type ReactNode } from 'react'
import { Button } from './button.tsx'
import './bits.css'

interface Props {
  /** What is inside, as people call it: "The inspector". */
  what: string
  children: ReactNode
}

interface State {
  message: string | undefined
}

/** Keeps a failure inside one panel: the rest of the page works on, and the panel offers to try again. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { message: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { message } = this.state
    if (message === undefined) return this.props.children
    return (
      <div className="ui-failed" role="alert">
        <p>{this.props.what} stumbled. Your drawing and the run are safe.</p>
        <code>{message.slice(0, 200)}</code>
        <Button size="small" onClick={() => this.setState({ message: undefined })}>
          Try again
        </Button>
      </div>
    )
  }
}
