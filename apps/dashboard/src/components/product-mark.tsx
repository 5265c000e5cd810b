/** The product's sign: three nodes and their edges. */
export function ProductMark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0b6a6e" />
      <path d="M9.5 21.5 16 9.5l6.5 12M9.5 21.5h13" fill="none" stroke="#bfe6e2" strokeWidth="2" />
      <circle cx="16" cy="9.5" r="3.5" fill="#fff" />
      <circle cx="9.5" cy="21.5" r="3.5" fill="#fff" />
      <circle cx="22.5" cy="21.5" r="3.5" fill="#ffd27a" />
    </svg>
  )
}
