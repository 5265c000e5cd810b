const paths = {
  alert:
    'M8 5.2v3.6M8 11.2v.1M6.9 2.6 1.7 11.7a1.3 1.3 0 0 0 1.1 1.9h10.4a1.3 1.3 0 0 0 1.1-1.9L9.1 2.6a1.3 1.3 0 0 0-2.2 0Z',
  bookmark: 'M4.5 2.5h7v11L8 10.8l-3.5 2.7v-11Z',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  chevron: 'm4.5 6.3 3.5 3.5 3.5-3.5',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  explorer: 'm2.5 4 3.6 4-3.6 4M8 12.5h5.5',
  external: 'M6.5 3.5h-3v9h9v-3M9 3h4v4M12.7 3.3 7.5 8.5',
  grid: 'M2.5 2.5h4.2v4.2H2.5zM9.3 2.5h4.2v4.2H9.3zM2.5 9.3h4.2v4.2H2.5zM9.3 9.3h4.2v4.2H9.3z',
  keyboard: 'M1.8 4h12.4v8H1.8zM4.5 6.7h.1M7 6.7h.1M9.5 6.7h.1M11.7 6.7h.1M5 9.5h6',
  rows: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.2 3.2',
  sessions: 'M1.8 3h9v7h-9zM4.5 13h4M12.3 6h2v7h-3.5v-3',
  signOut: 'M6.5 13.5h-4v-11h4M10 5l3 3-3 3M13 8H6.5',
} as const

export type IconName = keyof typeof paths

/** A 16-pixel line drawing in the colour of its text. Decoration: the words beside it carry the meaning. */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return (
    <svg
      className={className}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
