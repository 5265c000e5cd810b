import { controlPath } from '../server/control-path.ts'

/** Below the control path, so that no fault strikes it and it is not among the recorded requests. */
export const stylesheetPath = `${controlPath}style.css`

/** The one stylesheet of the sandbox's pages. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f5f9, #17141f);
  --panel: light-dark(#ffffff, #211d2c);
  --text: light-dark(#241c33, #eeeaf6);
  --muted: light-dark(#625a73, #a9a1ba);
  --line: light-dark(#ddd8e6, #3a3448);
  --accent: light-dark(#5b3fd1, #8f78f5);
  --on-accent: light-dark(#ffffff, #14101d);
  --danger: light-dark(#b3243b, #ff8b9c);
  --banner: light-dark(#ffe9a8, #4a3c10);
  --on-banner: light-dark(#4a3800, #ffe9a8);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif;
}
.banner { margin: 0; padding: 0.5rem 1rem; background: var(--banner); color: var(--on-banner); text-align: center; font-size: 0.875rem; }
main { max-width: 34rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.625rem; line-height: 1.25; text-wrap: balance; }
h2 { margin: 2rem 0 0.75rem; font-size: 1.125rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0.5rem 0; }
a { color: var(--accent); }
.lead { margin-bottom: 1.5rem; color: var(--muted); }
.muted, .aside { color: var(--muted); font-size: 0.875rem; overflow-wrap: anywhere; }
.panel { margin: 1rem 0; padding: 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 0.75rem; }
.panel > :last-child { margin-bottom: 0; }
.choices { display: grid; gap: 0.75rem; margin: 0; padding: 0; list-style: none; }
.choice {
  width: 100%; padding: 1rem; text-align: left; font: inherit; color: inherit; cursor: pointer;
  background: var(--panel); border: 1px solid var(--line); border-radius: 0.75rem;
}
.choice:hover { border-color: var(--accent); }
.person { display: flex; gap: 0.875rem; align-items: flex-start; }
.initial {
  flex: none; display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); font-weight: 600;
}
.who { display: grid; min-width: 0; overflow-wrap: anywhere; }
.note { margin-top: 0.25rem; font-size: 0.9375rem; }
.scopes { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.scopes li { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; justify-content: space-between; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
.field { display: grid; gap: 0.25rem; }
.field label { font-weight: 600; }
input, select, textarea {
  padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: var(--panel);
  border: 1px solid var(--line); border-radius: 0.5rem;
}
.rows { margin: 0; padding: 0; list-style: none; }
.rows li { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; justify-content: space-between; padding: 0.5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.rows li > :first-child { flex: 1; min-width: 9rem; }
.rows + form { margin-top: 1rem; }
.request .muted { flex-basis: 100%; }
.request summary { cursor: pointer; }
.moment { white-space: nowrap; }
.parameter { display: block; padding-left: 1rem; }
.complaint { color: var(--danger); font-weight: 600; }
code { font: 0.8125rem/1.6 ui-monospace, 'Liberation Mono', monospace; color: var(--muted); }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 1.25rem 0 0.5rem; }
.primary, .secondary, .danger {
  display: inline-block; padding: 0.5rem 1.125rem; border: 1px solid transparent; border-radius: 0.5rem;
  font: inherit; font-weight: 600; text-decoration: none; white-space: nowrap; cursor: pointer;
}
.primary { background: var(--accent); color: var(--on-accent); }
.secondary { background: transparent; border-color: var(--line); color: var(--text); }
.danger { background: transparent; border-color: var(--danger); color: var(--danger); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`
