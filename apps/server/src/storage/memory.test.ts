import { describe } from 'vitest'
import { testStorage } from './contract.ts'
import { MemoryStorage } from './memory.ts'

describe('the memory storage', () => {
  testStorage(async () => new MemoryStorage())
})
