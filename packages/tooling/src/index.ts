export { findOrInstallChromium, launchChromium } from './chromium.ts'
export { repositoryRoot } from './process.ts'
