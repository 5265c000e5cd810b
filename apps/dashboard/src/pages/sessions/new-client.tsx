import { useEffect, useRef } from 'react'
import button from '../../components/button.module.css'
import { CopyButton } from '../../components/copy-button.tsx'
import style from './connect-client.module.css'

interface NewClientProps {
  made: { value: string; cookieName: string; session: { name?: string | null | undefined } }
  onDone: () => void
}

const question = `-H 'content-type: application/json' -d '{"query":"{ viewer { user { name } } }"}'`

/** The value of a new client session, which lives in this component and nowhere else, and how to use it. */
export function NewClient({ made: { value, cookieName, session }, onDone }: NewClientProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const address = `${location.origin}/graphql`
  return (
    <div className={style.made}>
      <h3 ref={heading} tabIndex={-1}>
        “{session.name}” is connected
      </h3>
      <p>
        <strong>Copy the value now: it is shown this once.</strong> Whoever has it asks in your name.
      </p>
      <Copyable title="Value" text={value} />
      <Copyable title="curl, as a bearer" text={`curl ${address} -H 'authorization: Bearer ${value}' ${question}`} />
      <Copyable
        title="curl, as the cookie"
        text={`curl ${address} -b '${cookieName}=${value}' -H 'graphql-require-preflight: 1' ${question}`}
      />
      <button type="button" className={button.button} onClick={onDone}>
        Done, I have it
      </button>
    </div>
  )
}

function Copyable({ title, text }: { title: string; text: string }) {
  return (
    <div className={style.copyable}>
      <div className={style.copyTitle}>
        <span>{title}</span>
        <CopyButton text={text} label={`Copy: ${title}`} />
      </div>
      <pre aria-label={title}>
        <code>{text}</code>
      </pre>
    </div>
  )
}
