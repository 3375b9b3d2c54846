import { type Actor, actorText } from '../audit/actor.ts'
import type { Store } from '../store/index.ts'
import { checkSettings } from './check-settings.ts'
import { defaultSettings, type ProjectSettings } from './project-settings.ts'

export interface SettingsService {
  get(projectId: string): Promise<ProjectSettings>
  /** @throws {HubError} `hub/invalid-request`, naming every setting that cannot be */
  update(projectId: string, changes: Partial<ProjectSettings>, actor: Actor): Promise<ProjectSettings>
}

export function createSettings(store: Store, clock: () => Date): SettingsService {
  const get = async (projectId: string): Promise<ProjectSettings> => ({
    ...defaultSettings,
    ...(await store.projects.settings(projectId)),
  })
  return {
    get,
    async update(projectId, changes, actor) {
      const checked = checkSettings(changes)
      const now = clock().toISOString()
      await store.transaction(async (repositories) => {
        const before = await repositories.projects.settings(projectId)
        await repositories.projects.saveSettings(projectId, { ...before, ...checked }, now)
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: 'settings.changed',
          subject: `project:${projectId}`,
          detail: { changed: Object.keys(checked) },
        })
      })
      return get(projectId)
    },
  }
}
