/** The bar above the text on a phone: title, state, people, and one button for everything else. */
import { Ellipsis } from 'lucide-react'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { PageMenu } from '../actions/page-menu.tsx'
import { useActions } from '../actions/with-actions.tsx'
import { LibraryLink } from '../library/library-link.tsx'
import { AvatarStack } from '../people/avatar-stack.tsx'
import { meAction } from '../people/me-action.ts'
import { MeForm } from '../people/me-form.tsx'
import { PeopleList } from '../people/people-list.tsx'
import type { Mode } from '../preview/mode.ts'
import { ModeField } from '../preview/mode-field.tsx'
import { ShareInSheet } from '../sharing/share.tsx'
import { SyntaxField } from '../syntax/syntax-field.tsx'
import { texts } from '../texts.ts'
import { Sheet } from '../ui/sheet.tsx'
import { useAsked } from '../ui/use-asked.ts'
import { SettingsFields } from '../writing/settings-fields.tsx'
import type { BarProps } from './bar.ts'
import { SavedStatePill } from './saved-state-pill.tsx'
import { TitleField } from './title-field.tsx'

const AVATARS = 1

export function PhoneBar(props: BarProps): ReactNode {
  const { client, me, saved } = props
  const sheet = useAsked<true>()
  const { ask } = sheet
  const openSheet = useCallback((): void => ask(true), [ask])
  const [details, setDetails] = useState(false)
  useActions(useMemo(() => [meAction(openSheet)], [openSheet]))
  return (
    <header className="top-bar">
      <LibraryLink />
      <TitleField
        title={client.title}
        opening={props.opening}
        readOnly={client.state.role === 'reader'}
        onRename={(title) => client.rename(title)}
      />
      <span className="spacer" />
      <SavedStatePill key={props.asked} state={saved} client={client} open={details} onToggle={setDetails} />
      <button
        type="button"
        className="people-button"
        aria-label={texts.people.button(client.members.length)}
        aria-haspopup="dialog"
        onClick={openSheet}
      >
        <AvatarStack me={me.person} others={client.members} room={AVATARS} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={texts.menu.button}
        aria-haspopup="dialog"
        onClick={openSheet}
      >
        <Ellipsis size={20} aria-hidden="true" />
      </button>
      {sheet.what && (
        <Sheet
          key={sheet.turn}
          heading={client.title || props.opening || texts.title.placeholder}
          onClose={sheet.close}
        >
          <SheetContent {...props} onDone={sheet.close} />
        </Sheet>
      )}
    </header>
  )
}

function SheetContent(props: BarProps & { readonly onDone: () => void }): ReactNode {
  const { client, me, theme, language, counts, writing } = props
  const { mode } = writing
  const choose = (chosen: Mode): void => {
    mode?.choose(chosen)
    props.onDone()
  }
  return (
    <>
      <p className="quiet">
        {texts.status.words(counts.words)} · {texts.status.characters(counts.characters)}
      </p>
      <ShareInSheet client={client} address={props.address} />
      <section aria-label={texts.people.heading}>
        <h3>{texts.people.heading}</h3>
        <MeForm me={me} />
        <PeopleList others={client.members} together={props.together} onGo={props.onDone} />
      </section>
      {mode !== null && <ModeField mode={{ ...mode, choose }} />}
      <SyntaxField syntax={writing.syntax} readOnly={props.readOnly} className="field" />
      <section aria-label={texts.writing.settings.heading}>
        <h3>{texts.writing.settings.heading}</h3>
        <SettingsFields settings={writing.settings} />
      </section>
      <PageMenu theme={theme} language={language} onDone={props.onDone} />
    </>
  )
}
