import style from './graph-field.module.css'

interface Point {
  x: number
  y: number
}

/** A sunflower spiral, stretched: points spread evenly without looking like a grid. */
const points: Point[] = Array.from({ length: 64 }, (_, index) => {
  const angle = index * 2.39996
  const radius = 62 * Math.sqrt(index + 3)
  return { x: round(600 + radius * Math.cos(angle) * 1.4), y: round(400 + radius * Math.sin(angle) * 0.95) }
})

/** Each point is joined with its nearest neighbours among the earlier ones, so that the drawing hangs together. */
const edges = points.flatMap((from, index) =>
  points
    .slice(0, index)
    .toSorted((left, right) => distance(from, left) - distance(from, right))
    .slice(0, index % 3 === 0 ? 2 : 1)
    .map((to) => ({ from, to })),
)

/** The slow, quiet drawing of a graph behind the sign-in pages. Decoration alone; still under reduced motion. */
export function GraphField() {
  return (
    <div className={style.field} aria-hidden="true">
      <div className={style.wash} />
      <svg viewBox="0 0 1200 800" preserveAspectRatio="xMidYMid slice" className={style.drawing}>
        <path
          d={edges.map(({ from, to }) => `M${from.x} ${from.y}L${to.x} ${to.y}`).join('')}
          className={style.edges}
        />
        {points.map(({ x, y }, index) => (
          <circle
            key={`${x} ${y}`}
            cx={x}
            cy={y}
            r={index % 5 === 0 ? 5.5 : 3}
            className={index % 4 === 3 ? style.warmNode : style.node}
          />
        ))}
      </svg>
    </div>
  )
}

function distance(from: Point, to: Point): number {
  return Math.hypot(from.x - to.x, from.y - to.y)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
