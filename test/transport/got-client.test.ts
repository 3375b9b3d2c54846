import { createGotClient } from '../../src/transport/index.ts'
import { describeHttpClient } from './client-contract.ts'

describeHttpClient('the client over got', createGotClient)
