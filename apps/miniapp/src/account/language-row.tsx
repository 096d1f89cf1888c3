import { Text, View } from '@tarojs/components'
import type { Language } from '../i18n/language.ts'
import { useObserved } from '../lib/use-store.ts'
import { useParts, useWords } from '../services-context.ts'
import { Tap } from '../ui/pressable.tsx'

const names: Record<Language, string> = { zh: '中文', en: 'English' }

/** The choice of language, each written in its own. */
export function LanguageRow() {
  const { language } = useParts()
  const { me } = useWords()
  const chosen = useObserved(language)
  return (
    <View className="row row-tall">
      <Text className="row-words">{me.language}</Text>
      <View className="choices">
        {(['zh', 'en'] as const).map((one) => (
          <Tap
            key={one}
            className={`choice ${one === chosen ? 'choice-chosen' : ''}`}
            onTap={() => language.choose(one)}
          >
            {names[one]}
          </Tap>
        ))}
      </View>
    </View>
  )
}
