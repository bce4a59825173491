import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import './controls.css'

export interface TabsProps<T extends string> {
  label: string
  value: T
  tabs: readonly { value: T; label: string; content: ReactNode }[]
  onChange: (value: T) => void
}

/** Panels of which one is shown. A panel is mounted while it is shown. */
export function Tabs<T extends string>({ label, value, tabs, onChange }: TabsProps<T>) {
  return (
    <Radix.Root
      className="ui-tabs"
      value={value}
      onValueChange={(next) => {
        const tab = tabs.find((candidate) => candidate.value === next)
        if (tab) onChange(tab.value)
      }}
    >
      <Radix.List className="ui-tabs-list" aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className="ui-tabs-tab">
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="ui-tabs-panel">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
