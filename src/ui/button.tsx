import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Tooltip } from './tooltip.tsx'
import './button.css'

type NativeProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'>

export interface ButtonProps extends NativeProps {
  /** `primary` for the one next thing to do; `danger` for what breaks something on purpose. Default `plain`. */
  tone?: 'primary' | 'plain' | 'quiet' | 'danger' | undefined
  size?: 'small' | 'medium' | undefined
  icon?: ReactNode
  children: ReactNode
  ref?: Ref<HTMLButtonElement> | undefined
}

/** A button with words. */
export function Button({ tone = 'plain', size = 'medium', icon, children, ...native }: ButtonProps) {
  return (
    <button type="button" {...native} className={`ui-button ui-button-${tone} ui-button-${size}`}>
      {icon}
      <span>{children}</span>
    </button>
  )
}

export interface IconButtonProps extends NativeProps {
  /** Its name for people who cannot see the icon, and the tooltip for those who can. */
  label: string
  /** Shown in the tooltip after the label, as `Space`. */
  shortcut?: string | undefined
  tone?: 'primary' | 'quiet' | undefined
  size?: 'small' | 'medium' | undefined
  children: ReactNode
  ref?: Ref<HTMLButtonElement> | undefined
}

/** A square button with an icon, a name and a tooltip. */
export function IconButton({ label, shortcut, tone = 'quiet', size = 'medium', children, ...native }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        {...native}
        className={`ui-icon-button ui-button-${tone} ui-icon-button-${size}`}
      >
        {children}
      </button>
    </Tooltip>
  )
}
