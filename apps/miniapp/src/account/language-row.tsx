import { Text, View } from '@tarojs/components'
import type { Language } from '../i18n/language.ts'
import { useStore } from '../lib/use-store.ts'
import { useServices, useMessages } from '../services-context.ts'
import { Pressable } from '../ui/pressable.tsx'

const names: Record<Language, string> = { zh: '中文', en: 'English' }

/** The choice of language, each written in its own. */
export function LanguageRow() {
  const { language } = useServices()
  const { me } = useMessages()
  const chosen = useStore(language)
  return (
    <View className="row row-tall">
      <Text className="row-words">{me.language}</Text>
      <View className="choices">
        {(['zh', 'en'] as const).map((one) => (
          <Pressable
            key={one}
            className={`choice ${one === chosen ? 'choice-chosen' : ''}`}
            onTap={() => language.choose(one)}
          >
            {names[one]}
          </Pressable>
        ))}
      </View>
    </View>
  )
}
