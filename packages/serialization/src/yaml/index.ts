export { Yaml } from './Yaml.ts'
