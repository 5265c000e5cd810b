export { launchChromium } from './chromium.ts'
