import { Text, View } from '@tarojs/components'
import type { Language } from '../i18n/language.ts'
import { useStore } from '../lib/use-store.ts'
import { useMessages, useServices } from '../services-context.ts'
import { Pressable } from '../ui/pressable.tsx'

const languageNames: Record<Language, string> = { zh: '中文', en: 'English' }

/** Selects the language; each is named in itself. */
export function LanguageRow() {
  const { language } = useServices()
  const { me } = useMessages()
  const selected = useStore(language)
  return (
    <View className="row row-tall">
      <Text className="row-text">{me.language}</Text>
      <View className="choices">
        {(['zh', 'en'] as const).map((option) => (
          <Pressable
            key={option}
            className={`choice ${option === selected ? 'choice-selected' : ''}`}
            onTap={() => language.choose(option)}
          >
            {languageNames[option]}
          </Pressable>
        ))}
      </View>
    </View>
  )
}
