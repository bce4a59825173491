/** The mark: a heartbeat with a fault in it. */
export function Logo() {
  return (
    <svg className="layout-logo" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7.5" fill="var(--ink)" />
      <path d="M4 17h6.5l3-8 4 14 2.2-6" fill="none" stroke="var(--bg)" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M23.5 17H28" fill="none" stroke="var(--bg)" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="20.6" cy="13.4" r="2.3" fill="var(--open)" />
    </svg>
  )
}
