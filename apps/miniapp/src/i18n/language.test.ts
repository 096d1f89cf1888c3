import { expect, test } from 'vitest'
import { createPersistentMap } from '../lib/persistent-map.ts'
import { createLanguageChoice } from './language.ts'

const emptyStorage = () => createPersistentMap({ read: () => '', write: () => {}, remove: () => {} })

test.each([
  ['zh_CN', 'zh'],
  ['zh-TW', 'zh'],
  ['', 'zh'],
  ['en', 'en'],
  ['fr-FR', 'en'],
])('the system language "%s" selects %s', (systemLanguage, language) => {
  expect(createLanguageChoice(emptyStorage(), systemLanguage).get()).toBe(language)
})

test('a chosen language is stored', () => {
  const storage = emptyStorage()
  createLanguageChoice(storage, 'zh_CN').choose('en')
  expect(createLanguageChoice(storage, 'zh_CN').get()).toBe('en')
})
