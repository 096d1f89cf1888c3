import { createContext, useContext } from 'react'
import type { Services } from './create-services.ts'
import { messagesByLanguage } from './i18n/locales.ts'
import type { Messages } from './i18n/messages.ts'
import { useStore } from './lib/use-store.ts'

export const ServicesContext = createContext<Services | undefined>(undefined)

export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (services === undefined)
    throw new Error('The component is rendered outside of <App>: wrap it in ServicesContext.')
  return services
}

/** The messages in the person's language. */
export function useMessages(): Messages {
  return messagesByLanguage[useStore(useServices().language)]
}
