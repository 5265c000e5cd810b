export { buildApp } from './app.ts'
export { ConfigError, loadEnvironment, readConfig, type Config, type SentryConnection } from './config.ts'
export { openDependencies, type Dependencies } from './dependencies.ts'
