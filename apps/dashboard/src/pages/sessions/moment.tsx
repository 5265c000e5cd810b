const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** A point in time as its distance from now; the exact time is its title. */
export function Moment({ at, now }: { at: string; now: number }) {
  return (
    <time dateTime={at} title={`${exact.format(new Date(at))} · ${at}`}>
      {distance(new Date(at).getTime() - now)}
    </time>
  )
}

function distance(milliseconds: number): string {
  const step = steps.find(([, length]) => Math.abs(milliseconds) >= length)
  return step === undefined ? 'just now' : relative.format(Math.round(milliseconds / step[1]), step[0])
}
