export { sampleInputs } from './sample-inputs.ts'
export { type Mock, startMock } from './start-mock.ts'
