import style from './skeleton.module.css'

type SkeletonShape = 'cards' | 'rows' | 'header'

/** Grey shapes of the content to come; they appear only when waiting takes longer than a blink. */
export function Skeleton({ shape, count = 6, label }: { shape: SkeletonShape; count?: number; label: string }) {
  return (
    <div className={style[shape]} aria-busy="true" aria-live="polite">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={style.item} aria-hidden="true">
          <span className={style.block} />
          <span className={style.lines}>
            <span />
            <span />
          </span>
        </div>
      ))}
    </div>
  )
}
